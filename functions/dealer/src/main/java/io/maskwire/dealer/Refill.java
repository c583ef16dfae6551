package io.maskwire.dealer;

import io.maskwire.exchange.ModelVersionName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Deals in the background, on one thread: versions take turns, a session each, until all are at
 * their level. Whatever was asked for may be forgotten when the dealer stops: {@link #all} looks at
 * everything again.
 */
public final class Refill implements AutoCloseable {
  private static final long CLOSE_SECONDS = 30;

  private final PublishedModels models;
  private final SessionDealer dealer;
  private final KeyStock stock;
  private final DealerListener listener;
  private final Pauses pauses;
  private final Set<ModelVersionName> wanted = new LinkedHashSet<>();
  private final Set<ModelVersionName> soon = new HashSet<>();

  /** Versions whose stock may have changed since it was looked at. */
  private final Set<ModelVersionName> changed = new HashSet<>();

  /** Sessions that were opened since a version was looked at. */
  private final Map<ModelVersionName, Integer> used = new HashMap<>();

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("dealing").daemon().factory());

  /** Tasks that wait or run; what a task asks for is counted before the task is done. */
  private int outstanding;

  private volatile boolean closing;
  private volatile boolean closed;

  /** Versions that were there at the start, not announced again yet; of the worker alone. */
  private final Set<ModelVersionName> unannounced = new HashSet<>();

  private boolean recovered;

  /**
   * Keeps the stock of all that {@code models} publishes.
   *
   * @param pauses before something is done
   */
  public Refill(
      PublishedModels models,
      SessionDealer dealer,
      KeyStock stock,
      DealerListener listener,
      Pauses pauses) {
    this.models = models;
    this.dealer = dealer;
    this.stock = stock;
    this.listener = listener;
    this.pauses = pauses;
  }

  /**
   * What is not done at once.
   *
   * @param afterSession between the end of a session and the dealing of another in its place
   * @param afterRetirement between the retirement of a version and the erasure of its free
   *     sessions: those that were opened just before are known by then
   */
  public record Pauses(Duration afterSession, Duration afterRetirement) {}

  /** Looks at one version as soon as those before it are done. */
  public void request(ModelVersionName name) {
    synchronized (wanted) {
      wanted.add(name);
      changed.add(name);
      used.remove(name);
    }
    execute(this::next);
  }

  /**
   * A session of {@code name} was opened. Until it ends it needs the processors more, if they are
   * shared: only when half of the stock may be gone it is looked at.
   */
  public void used(ModelVersionName name) {
    int sessions;
    synchronized (wanted) {
      sessions = used.merge(name, 1, Integer::sum);
    }
    if (2 * sessions >= stock.limits().sessions()) {
      request(name);
    }
  }

  /** Looks at one version after a pause, once for all that ask for it until then. */
  public void requestSoon(ModelVersionName name) {
    synchronized (wanted) {
      if (!soon.add(name)) {
        return;
      }
    }
    later(
        pauses.afterSession(),
        () -> {
          synchronized (wanted) {
            soon.remove(name);
          }
          request(name);
        });
  }

  /** A version is retired: nothing of it is dealt from now on, and soon what is free is erased. */
  public void retired(ModelVersionName name) {
    request(name);
    later(pauses.afterRetirement(), () -> execute(() -> erase(name)));
  }

  private void erase(ModelVersionName name) {
    try {
      stock.expire(Set.of(name));
    } finally {
      dealer.lookAgain(name);
      dealer.dealOne(name);
    }
  }

  private void later(Duration pause, Runnable work) {
    synchronized (wanted) {
      outstanding++;
    }
    CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS)
        .execute(
            () -> {
              work.run();
              done();
            });
  }

  /** Not while closing: what is left undone is found again by {@link #all} at the next start. */
  private void execute(Runnable work) {
    synchronized (wanted) {
      outstanding++;
    }
    try {
      worker.execute(() -> guarded(work));
    } catch (RejectedExecutionException _) {
      closing = true;
      done();
    }
  }

  private void done() {
    synchronized (wanted) {
      outstanding--;
      wanted.notifyAll();
    }
  }

  private Optional<ModelVersionName> take() {
    synchronized (wanted) {
      Optional<ModelVersionName> first = wanted.stream().findFirst();
      first.ifPresent(wanted::remove);
      return first;
    }
  }

  private void next() {
    take().filter(_ -> !closing).filter(this::dealOne).ifPresent(this::goOn);
  }

  private boolean dealOne(ModelVersionName name) {
    boolean news;
    synchronized (wanted) {
      news = changed.remove(name);
    }
    if (news) {
      dealer.lookAgain(name);
    }
    return dealer.dealOne(name);
  }

  /** After the other versions had their turn. */
  private void goOn(ModelVersionName name) {
    synchronized (wanted) {
      wanted.add(name);
    }
    execute(this::next);
  }

  /** One version that cannot be dealt, or a store that cannot be reached, stops nothing else. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      listener.failed(e);
    } catch (OutOfMemoryError e) {
      throw e; // of the process, not of one version
    } catch (Error e) {
      listener.failed(new IllegalStateException("a bug", e));
    } finally {
      done();
    }
  }

  /**
   * Looks at all versions soon; the first time that this succeeds for one, announces again what is
   * free of it.
   */
  public void all() {
    execute(
        () -> {
          List<ModelVersionName> versions = models.versions();
          if (!recovered) {
            unannounced.addAll(versions);
            recovered = true;
          }
          for (ModelVersionName name : versions) {
            execute(() -> announce(name));
            request(name);
          }
        });
  }

  private void announce(ModelVersionName name) {
    if (unannounced.contains(name)) {
      dealer.announceAgain(name);
      unannounced.remove(name);
    }
  }

  /** Erases what is over, then looks at all versions. */
  public void sweep() {
    execute(
        () -> stock.expire(models.retiredBefore(Instant.now().minus(pauses.afterRetirement()))));
    all();
  }

  /** Waits until nothing is left to do of what was asked for, and of what followed from it. */
  void finish() throws InterruptedException {
    synchronized (wanted) {
      while (outstanding > 0) {
        wanted.wait();
      }
    }
  }

  /** Waits a while for the session that is being dealt; if it is not done, nobody hears of it. */
  @Override
  public void close() {
    closing = true;
    worker.shutdown();
    try {
      closed = worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** True if nothing is being dealt any more. */
  public boolean isClosed() {
    return closed;
  }
}
