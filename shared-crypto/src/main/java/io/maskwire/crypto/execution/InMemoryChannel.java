package io.maskwire.crypto.execution;

import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A channel between two threads of one process. A party that fails must {@link #close} its side, as
 * try-with-resources does, or {@link #abort} it, which also tells the other party why.
 */
public final class InMemoryChannel implements Channel {
  /**
   * The two sides of a channel.
   *
   * @param zero for party 0
   * @param one for party 1
   */
  public record Pair(InMemoryChannel zero, InMemoryChannel one) implements AutoCloseable {
    @Override
    public void close() {
      zero.close();
      one.close();
    }
  }

  private final Mailbox inbox;
  private final Mailbox peerInbox;
  private final Duration timeout;
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLong bytesReceived = new AtomicLong();

  private InMemoryChannel(Mailbox inbox, Mailbox peerInbox, Duration timeout) {
    this.inbox = inbox;
    this.peerInbox = peerInbox;
    this.timeout = timeout;
  }

  /** Two joined sides that wait for each other as long as it takes. */
  public static Pair pair() {
    return pair(Duration.ofNanos(Long.MAX_VALUE));
  }

  /** Two joined sides, each of which waits at most {@code timeout} for a message. */
  public static Pair pair(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout is positive, not " + timeout);
    }
    Mailbox toZero = new Mailbox();
    Mailbox toOne = new Mailbox();
    return new Pair(
        new InMemoryChannel(toZero, toOne, timeout), new InMemoryChannel(toOne, toZero, timeout));
  }

  @Override
  public byte[] exchange(byte[] message, long limitBytes) {
    send(message);
    return receive(limitBytes);
  }

  @Override
  public void send(byte[] message) {
    inbox.requireOpen();
    peerInbox.put(message.clone());
    bytesSent.addAndGet(message.length);
  }

  @Override
  public byte[] receive(long limitBytes) {
    byte[] message = inbox.take(timeout);
    if (message.length > limitBytes) {
      var refusal =
          new ChannelException(
              ErrorCode.PROTOCOL,
              "the peer sent a message of %d bytes, at most %d are accepted here"
                  .formatted(message.length, limitBytes));
      abort(refusal);
      throw refusal;
    }
    bytesReceived.addAndGet(message.length);
    return message;
  }

  @Override
  public long bytesSent() {
    return bytesSent.get();
  }

  @Override
  public long bytesReceived() {
    return bytesReceived.get();
  }

  @Override
  public void close() {
    inbox.closeByReader();
    peerInbox.closeByWriter("the peer closed the channel");
  }

  /** Closes this side because its party failed; the other side's failure names {@code cause}. */
  public void abort(Throwable cause) {
    inbox.closeByReader();
    peerInbox.closeByWriter("the peer failed: " + cause);
  }
}
