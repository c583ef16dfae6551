package io.maskwire.compiler.function;

/** Something that an owner asked for is not done; the message is for the owner. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Problem problem;

  /** What, and why. */
  public RefusedException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** What, why, and what caused it. */
  public RefusedException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** What. */
  public Problem problem() {
    return problem;
  }
}
