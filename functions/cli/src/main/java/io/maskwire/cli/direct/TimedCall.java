package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds a whole conversation. A socket's own timeout bounds single reads, so a peer that sends a
 * byte now and then could stretch a handshake for ever, and it does not bound writes at all.
 */
final class TimedCall {
  private TimedCall() {}

  /**
   * Runs {@code task} for at most {@code limit}.
   *
   * @param stop makes the task end early, by closing its socket
   */
  static <T> T run(Duration limit, Callable<T> task, Runnable stop) {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofVirtual().start(future);
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      stop.run();
      throw new ChannelException(
          ErrorCode.PEER_TIMEOUT, "the peer did not answer within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      stop.run();
      Thread.currentThread().interrupt();
      throw new ChannelException(ErrorCode.IO, "interrupted while waiting for the peer", e);
    } catch (ExecutionException e) {
      throw unwrap(e);
    }
  }

  private static RuntimeException unwrap(ExecutionException e) {
    return switch (e.getCause()) {
      case ChannelException failure -> failure;
      case IOException failure -> ConnectionFailures.translate(failure);
      case RuntimeException failure -> failure;
      case null, default -> new IllegalStateException(e.getCause());
    };
  }
}
