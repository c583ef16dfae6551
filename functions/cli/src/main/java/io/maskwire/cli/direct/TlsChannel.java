package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages over an agreed connection; each is 8 bytes of length, big endian, and its bytes.
 *
 * <p>Every transfer runs on virtual threads of its own, one for each direction, while the caller
 * watches the clock: two parties that both send more than the sockets buffer cannot block each
 * other, and a peer that neither reads nor writes is noticed. The first failure closes the
 * connection, which ends the other direction, and is what the caller sees.
 */
final class TlsChannel implements Channel {
  private static final int CHUNK_BYTES = 1 << 16;

  /** Memory taken on the word of a length; more only as bytes arrive. */
  private static final int FIRST_BYTES = 1 << 20;

  /** The longest array of a common JVM. */
  private static final long MAXIMUM_MESSAGE_BYTES = Integer.MAX_VALUE - 8;

  private final SecureConnection connection;
  private final DirectLimits limits;
  private final Meter sent = new Meter();
  private final Meter received = new Meter();
  private final CompletableFuture<ChannelException> end = new CompletableFuture<>();
  private volatile long lastProgressNanos;

  TlsChannel(SecureConnection connection, DirectLimits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  /** Counts one direction. */
  private final class Meter {
    private final AtomicLong messageBytes = new AtomicLong();
    private final AtomicLong frameBytes = new AtomicLong();

    void reserve(long length) {
      if (frameBytes.addAndGet(Long.BYTES + length) > limits.connectionBytes()) {
        throw new ChannelException(
            ErrorCode.PROTOCOL,
            "a connection carries at most %d bytes in one direction; split the work into sessions"
                .formatted(limits.connectionBytes()));
      }
    }
  }

  @Override
  public byte[] exchange(byte[] message, long limitBytes) {
    requireLimit(limitBytes);
    FutureTask<Boolean> sending = start(() -> write(message));
    FutureTask<byte[]> receiving = start(() -> read(limitBytes));
    await(sending);
    return await(receiving);
  }

  @Override
  public void send(byte[] message) {
    await(start(() -> write(message)));
  }

  @Override
  public byte[] receive(long limitBytes) {
    requireLimit(limitBytes);
    return await(start(() -> read(limitBytes)));
  }

  private static void requireLimit(long limitBytes) {
    if (limitBytes < 0 || limitBytes > MAXIMUM_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a limit is from 0 to %d bytes, not %d".formatted(MAXIMUM_MESSAGE_BYTES, limitBytes));
    }
  }

  private <T> FutureTask<T> start(Callable<T> transfer) {
    requireOpen();
    progressed();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              try {
                return transfer.call();
              } catch (IOException e) {
                fail(ConnectionFailures.translate(e));
                throw e;
              } catch (ChannelException e) {
                fail(e);
                throw e;
              } catch (Throwable e) {
                fail(new ChannelException(ErrorCode.IO, "the transfer failed: " + e, e));
                throw e;
              }
            });
    Thread.ofVirtual().start(task);
    return task;
  }

  private <T> T await(FutureTask<T> transfer) {
    long patience = limits.progress().toNanos();
    while (true) {
      long left = lastProgressNanos + patience - System.nanoTime();
      try {
        return transfer.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        if (left <= 0) {
          fail(
              new ChannelException(
                  ErrorCode.PEER_TIMEOUT,
                  "nothing came from or went to the peer for %d ms"
                      .formatted(limits.progress().toMillis())));
          throw ended();
        }
      } catch (ExecutionException _) {
        throw ended();
      } catch (InterruptedException e) {
        fail(new ChannelException(ErrorCode.IO, "interrupted while waiting for the peer", e));
        Thread.currentThread().interrupt();
        throw ended();
      }
    }
  }

  private void progressed() {
    lastProgressNanos = System.nanoTime();
  }

  private boolean write(byte[] message) throws IOException {
    sent.reserve(message.length);
    OutputStream out = connection.output();
    // Length and start of the message travel together: a small message is one TLS record.
    int done = Math.min(message.length, CHUNK_BYTES);
    out.write(
        ByteBuffer.allocate(Long.BYTES + done)
            .putLong(message.length)
            .put(message, 0, done)
            .array());
    progressed();
    while (done < message.length) {
      int chunk = Math.min(message.length - done, CHUNK_BYTES);
      out.write(message, done, chunk);
      done += chunk;
      progressed();
    }
    sent.messageBytes.addAndGet(message.length);
    return true;
  }

  private byte[] read(long limitBytes) throws IOException {
    InputStream in = connection.input();
    long length = readLength(in);
    if (length < 0 || length > limitBytes) {
      throw new ChannelException(
          ErrorCode.PROTOCOL,
          "the peer announces a message of %d bytes, at most %d are accepted here"
              .formatted(length, limitBytes));
    }
    received.reserve(length);
    byte[] message = new byte[(int) Math.min(length, FIRST_BYTES)];
    int filled = 0;
    while (filled < length) {
      if (filled == message.length) {
        message = Arrays.copyOf(message, (int) Math.min(length, 2L * filled));
      }
      int count = in.read(message, filled, message.length - filled);
      if (count < 0) {
        throw new EOFException(
            "closed in the middle of a message, after %d of %d bytes".formatted(filled, length));
      }
      filled += count;
      progressed();
    }
    received.messageBytes.addAndGet(length);
    return message;
  }

  private long readLength(InputStream in) throws IOException {
    byte[] length = new byte[Long.BYTES];
    int filled = in.readNBytes(length, 0, Long.BYTES);
    if (filled == 0) {
      throw new ChannelException(ErrorCode.PEER_CLOSED, "the peer closed the connection");
    }
    if (filled < Long.BYTES) {
      throw new EOFException("closed in the middle of a message's length");
    }
    progressed();
    return ByteBuffer.wrap(length).getLong();
  }

  private void fail(ChannelException failure) {
    if (end.complete(failure)) {
      connection.abort();
    }
  }

  private void requireOpen() {
    if (end.isDone()) {
      throw ended();
    }
  }

  /** The first failure, thrown from the caller's own place. */
  private ChannelException ended() {
    ChannelException first = end.join();
    return new ChannelException(first.errorCode(), String.valueOf(first.getMessage()), first);
  }

  @Override
  public long bytesSent() {
    return sent.messageBytes.get();
  }

  @Override
  public long bytesReceived() {
    return received.messageBytes.get();
  }

  @Override
  public void close() {
    if (end.complete(new ChannelException(ErrorCode.IO, "this side of the channel is closed"))) {
      connection.close();
    }
  }
}
