package io.maskwire.dealer;

import io.maskwire.crypto.execution.Dealer;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.KeysReady;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deals sessions, one at a time, until the stock of a version is at its level. */
public final class SessionDealer {
  /** After so many bytes of keys the stock is looked at again. */
  private static final long LOOK_AGAIN_BYTES = 64L << 20;

  private final DealtVersions versions;
  private final KeyContainers containers;
  private final KeyStock stock;
  private final Announcer announcer;
  private final DealerListener listener;
  private final SecureRandom random = new SecureRandom();
  private final Map<ModelVersionName, Look> looks = new HashMap<>();
  private final Map<SessionId, KeysReady> unannounced = new LinkedHashMap<>();

  /** A dealer of {@code versions} into {@code containers}, as {@code stock} needs it. */
  public SessionDealer(
      DealtVersions versions,
      KeyContainers containers,
      KeyStock stock,
      Announcer announcer,
      DealerListener listener) {
    this.versions = versions;
    this.containers = containers;
    this.stock = stock;
    this.announcer = announcer;
    this.listener = listener;
  }

  /**
   * What the store held when it was looked at, and what was dealt since.
   *
   * @param retired whether no session is dealt any more
   * @param free sessions that users can get
   * @param used bytes of common keys
   * @param dealt bytes of common keys that came since
   */
  private record Look(boolean retired, int free, long used, long dealt) {
    Look after(long bytes) {
      return new Look(retired, free + 1, used + bytes, dealt + bytes);
    }
  }

  /** The next call looks at the stock of {@code name} again: something has happened to it. */
  public synchronized void lookAgain(ModelVersionName name) {
    looks.remove(name);
  }

  /**
   * Deals and announces one session if the stock is below its level and the version not retired.
   * The stock is looked at for several sessions at once, as long as these are small: another dealer
   * may do the same, and both together deal too many then, by what was missing at most.
   *
   * @return true if it may still be below
   */
  public synchronized boolean dealOne(ModelVersionName name) {
    announcePending();
    Look look = Optional.ofNullable(looks.remove(name)).orElseGet(() -> look(name));
    if (look.retired() || look.free() >= stock.limits().sessions()) {
      return false;
    }
    DealtVersions.Version version = versions.open(name);
    if (look.used() + version.commonBytes() > stock.limits().commonBytes()) {
      listener.full(name, look.used());
      return false;
    }
    long start = System.nanoTime();
    SessionId session = deal(name, version.dealer());
    stock.ready(name, session);
    announceSoon(name, session, Instant.now());
    announcePending();
    listener.dealt(name, session, Duration.ofNanos(System.nanoTime() - start));
    Look next = look.after(version.commonBytes());
    listener.level(name, next.free());
    if (next.free() >= stock.limits().sessions()) {
      return false;
    }
    if (next.dealt() < LOOK_AGAIN_BYTES) {
      looks.put(name, next);
    }
    return true;
  }

  private Look look(ModelVersionName name) {
    int free = stock.free(name).size();
    listener.level(name, free);
    return new Look(versions.isRetired(name), free, stock.commonBytes(), 0);
  }

  private SessionId deal(ModelVersionName name, Dealer dealer) {
    try (KeyDelivery delivery = new KeyDelivery(containers, name)) {
      MaskSeeds seeds = dealer.deal(Seed.randomRoot(random), delivery);
      try {
        delivery.commit(seeds);
        return seeds.session();
      } finally {
        seeds.wipe();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("keys of " + name + " cannot be written", e);
    }
  }

  /** Announces again what is free: a dealer may have stopped before it had announced all. */
  public synchronized void announceAgain(ModelVersionName name) {
    List<StockEntry> free = stock.free(name);
    listener.level(name, free.size());
    for (StockEntry entry : free) {
      announceSoon(name, entry.session(), entry.dealt().orElseThrow());
    }
    announcePending();
  }

  private void announceSoon(ModelVersionName name, SessionId session, Instant dealt) {
    unannounced.put(
        session, new KeysReady(session, name, dealt.plus(stock.limits().keyLifetime())));
  }

  /** What could not be announced is kept, and goes first the next time. */
  private void announcePending() {
    Iterator<KeysReady> pending = unannounced.values().iterator();
    while (pending.hasNext()) {
      announcer.announce(pending.next());
      pending.remove();
    }
  }
}
