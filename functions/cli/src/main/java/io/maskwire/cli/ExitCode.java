package io.maskwire.cli;

/** Exit codes of every command. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** Something failed: the message says what. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The model has nodes that are not supported. */
  public static final int UNSUPPORTED_MODEL = 3;

  /** A policy forbids it. */
  public static final int REFUSED = 4;

  private ExitCode() {}
}
