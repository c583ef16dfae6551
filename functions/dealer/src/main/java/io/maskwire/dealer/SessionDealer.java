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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deals sessions, one at a time, until the stock of a version is at its level. */
public final class SessionDealer {
  private final DealtVersions versions;
  private final KeyContainers containers;
  private final KeyStock stock;
  private final Announcer announcer;
  private final DealerListener listener;
  private final SecureRandom random = new SecureRandom();
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
   * Deals and announces one session if the stock is below its level.
   *
   * @return true if it may still be below
   */
  public synchronized boolean dealOne(ModelVersionName name) {
    announcePending();
    int free = stock.free(name).size();
    listener.level(name, free);
    if (free >= stock.limits().sessions()) {
      return false;
    }
    DealtVersions.Version version = versions.open(name);
    long used = stock.commonBytes();
    if (used + version.commonBytes() > stock.limits().commonBytes()) {
      listener.full(name, used);
      return false;
    }
    long start = System.nanoTime();
    SessionId session = deal(name, version.dealer());
    stock.ready(name, session);
    announceSoon(name, session, Instant.now());
    announcePending();
    listener.dealt(name, session, Duration.ofNanos(System.nanoTime() - start));
    listener.level(name, free + 1);
    return free + 1 < stock.limits().sessions();
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
