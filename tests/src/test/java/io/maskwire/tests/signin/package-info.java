/**
 * Sign-in with a real provider: the functions of a running system behind Keycloak, set up as
 * docs/OPERATIONS.md says. Read {@link io.maskwire.tests.signin.KeycloakIT}; the module's README
 * says how to run it.
 */
@NullMarked
package io.maskwire.tests.signin;

import org.jspecify.annotations.NullMarked;
