package io.maskwire.crypto.execution;

/**
 * A two-way channel to the other party; counts what it carries. Messages arrive whole, in order and
 * once. Methods that transfer throw {@link ChannelException}; after a failure the channel is of no
 * more use and every later transfer fails too.
 *
 * <p>One thread transfers at a time; {@link #close} may come from any thread and ends a transfer
 * that waits.
 */
public interface Channel extends AutoCloseable {
  /** What is accepted from the peer where the caller states no bound: 1 GiB. */
  long DEFAULT_LIMIT_BYTES = 1L << 30;

  /**
   * Sends a message, then waits for the peer's of the same round. Both sides may send messages of
   * any size at the same time.
   *
   * @param message this party's, unchanged by the channel
   * @param limitBytes the longest message that is accepted from the peer; a longer one is refused
   *     before memory is taken for it
   */
  byte[] exchange(byte[] message, long limitBytes);

  /** As {@link #exchange(byte[], long)} with {@link #DEFAULT_LIMIT_BYTES}. */
  default byte[] exchange(byte[] message) {
    return exchange(message, DEFAULT_LIMIT_BYTES);
  }

  /** Sends a message; returns when the channel has taken it, perhaps before the peer reads it. */
  void send(byte[] message);

  /**
   * Waits for the peer's next message.
   *
   * @param limitBytes the longest message that is accepted; a longer one is refused before memory
   *     is taken for it
   */
  byte[] receive(long limitBytes);

  /** As {@link #receive(long)} with {@link #DEFAULT_LIMIT_BYTES}. */
  default byte[] receive() {
    return receive(DEFAULT_LIMIT_BYTES);
  }

  /** Bytes of all messages sent, without framing, so that all kinds of channel count alike. */
  long bytesSent();

  /** Bytes of all messages received, without framing. */
  long bytesReceived();

  /** Ends the channel; the peer still receives what was sent before. Idempotent, never throws. */
  @Override
  void close();
}
