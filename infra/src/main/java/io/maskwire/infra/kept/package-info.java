/**
 * What a data folder keeps from its first use on: ports, passwords, keys. Files are readable by
 * their user alone. Read {@link io.maskwire.infra.kept.KeptProperties}.
 */
@NullMarked
package io.maskwire.infra.kept;

import org.jspecify.annotations.NullMarked;
