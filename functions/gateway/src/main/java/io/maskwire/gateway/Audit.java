package io.maskwire.gateway;

import io.maskwire.operations.AuditEntry;
import io.maskwire.operations.AuditTrail;

/** Writes down what was refused. */
public final class Audit {
  private final AuditTrail trail;

  /** An audit in {@code trail}. */
  public Audit(AuditTrail trail) {
    this.trail = trail;
  }

  /**
   * Writes down a refusal.
   *
   * @param session id that was asked for, as it came
   * @return what to throw
   */
  public ProblemException refuse(Problem problem, String session, String detail) {
    trail.write(AuditEntry.ofSession(problem.code(), session, detail));
    return new ProblemException(problem, detail);
  }
}
