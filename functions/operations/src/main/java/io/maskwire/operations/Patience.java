package io.maskwire.operations;

import io.maskwire.exchange.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Does work again while its failure may pass: as long as the store answers nobody, and for a while
 * if it answers others. What it refuses for good is not tried again, so that nothing holds up what
 * comes after it.
 */
public final class Patience {
  private static final System.Logger LOG = System.getLogger(Patience.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final BooleanSupplier storeAnswers;
  private final Duration firstWait;
  private final Duration longest;

  /**
   * Waits.
   *
   * @param storeAnswers whether the store answers at all
   * @param firstWait before work is done again, longer each time
   * @param longest how long the store may not do one thing, while it answers
   */
  public Patience(BooleanSupplier storeAnswers, Duration firstWait, Duration longest) {
    this.storeAnswers = storeAnswers;
    this.firstWait = firstWait;
    this.longest = longest;
  }

  /** Does {@code work}; throws how it failed, if that does not pass. */
  public void run(Runnable work) {
    run(work, _ -> false);
  }

  /**
   * As {@link #run(Runnable)}.
   *
   * @param away whether a failure says that something else is away for everybody
   */
  public void run(Runnable work, Predicate<RuntimeException> away) {
    long since = System.nanoTime();
    Duration wait = firstWait;
    while (true) {
      try {
        work.run();
        return;
      } catch (RuntimeException e) {
        if (!away.test(e) && !isPassing(e, since)) {
          throw e;
        }
        LOG.log(Level.WARNING, "tried again later", e);
      }
      pause(wait);
      Duration next = wait.multipliedBy(2);
      wait = next.compareTo(LONGEST_WAIT) < 0 ? next : LONGEST_WAIT;
    }
  }

  private boolean isPassing(RuntimeException failure, long since) {
    if (!(failure instanceof StoreException store)
        || store.reason() != StoreException.Reason.UNAVAILABLE) {
      return false;
    }
    boolean late = System.nanoTime() - since > longest.toNanos();
    return !late || !storeAnswers.getAsBoolean();
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while work waited for store or broker", e);
    }
  }
}
