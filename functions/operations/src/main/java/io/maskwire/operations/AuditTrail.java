package io.maskwire.operations;

/** Where refusals are written down. */
@FunctionalInterface
public interface AuditTrail {

  /** Writes {@code entry} down; waits for nothing and never fails. */
  void write(AuditEntry entry);
}
