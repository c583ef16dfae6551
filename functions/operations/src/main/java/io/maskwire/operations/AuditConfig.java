package io.maskwire.operations;

import io.smallrye.config.ConfigMapping;

/** Whose refusals are written down. */
@ConfigMapping(prefix = "maskwire.audit")
public interface AuditConfig {

  /** The function's name in entries, such as {@code party0}. */
  String function();
}
