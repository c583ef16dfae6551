/**
 * Who may do what, as code: topics with their access control lists, containers with the letters of
 * their shared access signatures. The local stack applies these tables, deployments print them.
 * Read {@link io.maskwire.infra.rights.KafkaRights} and {@link
 * io.maskwire.infra.rights.ContainerRights}.
 */
@NullMarked
package io.maskwire.infra.rights;

import org.jspecify.annotations.NullMarked;
