package io.maskwire.operations;

import org.jboss.logging.MDC;

/** The session that a thread works for: its log lines have a field {@code session}. */
public final class LogContext implements AutoCloseable {
  private static final String SESSION = "session";

  private LogContext() {}

  /**
   * From here on until {@link #close}, on this thread.
   *
   * @param session its id, never a token
   */
  public static LogContext ofSession(String session) {
    MDC.put(SESSION, session);
    return new LogContext();
  }

  @Override
  public void close() {
    MDC.remove(SESSION);
  }
}
