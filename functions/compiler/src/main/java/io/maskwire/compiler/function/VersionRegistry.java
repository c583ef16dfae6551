package io.maskwire.compiler.function;

import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.exchange.ModelVersionName;

/** Where a version gets the seeds of its weights' mask: the dealer. */
@FunctionalInterface
public interface VersionRegistry {
  /**
   * Registers a version whose {@code program.bin} is published.
   *
   * @return the owner's {@link io.maskwire.crypto.wire.VersionKey}: secret
   * @throws DealerException if the dealer refuses or cannot be reached
   */
  byte[] register(ModelVersionName name, ProgramId program);
}
