/**
 * Who uses a function that people use, and what they may do. Identities come from an OpenID Connect
 * provider, or, on a developer's machine, are one and the same for everybody. Start with {@link
 * io.maskwire.signin.Roles} and {@link io.maskwire.signin.SignInConfig}; paths, cookies and the
 * code flow are set in {@code microprofile-config.properties}.
 */
@NullMarked
package io.maskwire.signin;

import org.jspecify.annotations.NullMarked;
