package io.maskwire.party.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs tasks on virtual threads: those with the same key one after the other, in the order of their
 * submission; those of different keys side by side. A task that fails does not stop those behind
 * it. Thread safe.
 */
public final class SessionQueues {
  private final Map<String, CompletableFuture<?>> tails = new HashMap<>();

  /**
   * Runs {@code task} after all that were submitted with {@code key} before.
   *
   * @return what it returns, or how it failed
   */
  public <T> CompletableFuture<T> submit(String key, Supplier<T> task) {
    CompletableFuture<T> done;
    synchronized (tails) {
      CompletableFuture<?> before =
          tails.getOrDefault(key, CompletableFuture.completedFuture(null));
      done =
          before
              .handle((_, _) -> true)
              .thenApplyAsync(_ -> task.get(), running -> Thread.ofVirtual().start(running));
      tails.put(key, done);
    }
    return done.whenComplete((_, _) -> forget(key, done));
  }

  private void forget(String key, CompletableFuture<?> done) {
    synchronized (tails) {
      tails.remove(key, done);
    }
  }
}
