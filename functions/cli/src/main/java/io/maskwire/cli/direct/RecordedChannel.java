package io.maskwire.cli.direct;

import io.maskwire.cli.inference.SessionRecord;
import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.wire.RoundMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The channel of a session's rounds. Each message of the peer is in the session's record, on disk,
 * before the next message leaves; another one than the record has is not answered. The disk works
 * while the party computes its answer.
 */
final class RecordedChannel implements Channel {
  private final Channel channel;
  private final SessionRecord record;
  private FutureTask<Boolean> recording = new FutureTask<>(() -> true);
  private int round;

  /** Rounds from the first on, over {@code channel}. */
  RecordedChannel(Channel channel, SessionRecord record) {
    this.channel = channel;
    this.record = record;
    recording.run();
  }

  @Override
  public byte[] exchange(byte[] message, long limitBytes) {
    awaitRecorded();
    byte[] answer = channel.exchange(message, limitBytes);
    int current = round++;
    if (RoundMessage.areOfOneRound(message, answer)) {
      start(
          () -> {
            record.accept(current, answer);
            return true;
          });
    } else {
      // The session refuses it, and says why; it must not stand in the way of the right one.
      start(
          () -> {
            throw new IllegalStateException("a message that is not of the round was answered");
          });
    }
    return answer;
  }

  private void start(Callable<Boolean> task) {
    recording = new FutureTask<>(task);
    Thread.ofVirtual().start(recording);
  }

  private void awaitRecorded() {
    try {
      recording.get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case IOException failure ->
            new UncheckedIOException("the peer's message cannot be recorded", failure);
        case RuntimeException failure -> failure;
        case null, default -> new IllegalStateException(e.getCause());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelException(
          ChannelException.ErrorCode.IO, "interrupted while the disk writes", e);
    }
  }

  @Override
  public void send(byte[] message) {
    awaitRecorded();
    channel.send(message);
  }

  @Override
  public byte[] receive(long limitBytes) {
    awaitRecorded();
    return channel.receive(limitBytes);
  }

  @Override
  public long bytesSent() {
    return channel.bytesSent();
  }

  @Override
  public long bytesReceived() {
    return channel.bytesReceived();
  }

  @Override
  public void close() {
    channel.close();
  }
}
