package io.maskwire.party.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Decides when notes are written: the later, the fewer writes; the sooner, the less is repeated.
 */
@FunctionalInterface
public interface Flusher {
  /** A flusher that writes after {@code delay}, each session in a thread of its own. */
  static Flusher after(Duration delay) {
    Executor now = task -> Thread.ofVirtual().start(task);
    Executor later = CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, now);
    return (flush, urgent) -> (urgent ? now : later).execute(flush);
  }

  /** Runs {@code flush} later, or at once if {@code urgent}, in any thread; at least once. */
  void schedule(Runnable flush, boolean urgent);
}
