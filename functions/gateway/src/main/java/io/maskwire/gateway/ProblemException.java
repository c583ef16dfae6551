package io.maskwire.gateway;

/** Something that a user asked for cannot be done; the message is for the user. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Problem problem;

  /** What, and why. */
  public ProblemException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** What, why, and what caused it. */
  public ProblemException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** What. */
  public Problem problem() {
    return problem;
  }
}
