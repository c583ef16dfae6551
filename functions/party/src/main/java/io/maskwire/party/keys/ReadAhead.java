package io.maskwire.party.keys;

/**
 * How much of all sessions' keys may be in memory. What does not fit is read when it is needed, so
 * that many sessions make each other slower but never run out of memory. Thread safe.
 */
public final class ReadAhead {
  private final int windowBytes;
  private long left;

  /**
   * A budget.
   *
   * @param windowBytes read at a time
   * @param mostBytes held at a time, over all sessions
   */
  public ReadAhead(int windowBytes, long mostBytes) {
    if (windowBytes < 1) {
      throw new IllegalArgumentException("a window has at least one byte, not " + windowBytes);
    }
    this.windowBytes = windowBytes;
    left = mostBytes;
  }

  int windowBytes() {
    return windowBytes;
  }

  synchronized boolean reserve(int bytes) {
    if (bytes > left) {
      return false;
    }
    left -= bytes;
    return true;
  }

  synchronized void release(int bytes) {
    left += bytes;
  }

  /** Bytes that may still be held. */
  public synchronized long left() {
    return left;
  }
}
