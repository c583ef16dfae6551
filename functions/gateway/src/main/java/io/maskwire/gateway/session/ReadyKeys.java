package io.maskwire.gateway.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Key sets that nobody has, as far as this instance knows: from a listing of party 1's keys, and
 * from the dealer's events. A hint only; who gets one is decided by {@link SessionRegistry}. When a
 * version has none left, the listing is read again, since events reach one instance each.
 */
public final class ReadyKeys {
  private static final System.Logger LOG = System.getLogger(ReadyKeys.class.getName());
  private static final String SUFFIX = ".bin";
  private static final Duration BETWEEN_LISTINGS = Duration.ofSeconds(1);

  private final BlobContainer keys;
  private final BlobContainer sessions;
  private final Lifetimes lifetimes;
  private final Clock clock;
  private final GatewayMetrics metrics;
  private final Map<ModelVersionName, Map<SessionId, Instant>> stock = new HashMap<>();
  private final ReentrantLock listing = new ReentrantLock();
  private Instant listed = Instant.MIN;

  /**
   * Nothing yet.
   *
   * @param keys the container {@code keys-party1}
   * @param sessions the container {@code sessions}
   * @param metrics shows how many there are of each version
   */
  public ReadyKeys(
      BlobContainer keys,
      BlobContainer sessions,
      Lifetimes lifetimes,
      Clock clock,
      GatewayMetrics metrics) {
    this.keys = keys;
    this.sessions = sessions;
    this.lifetimes = lifetimes;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Takes up what is stored and not bound. */
  public void refresh() {
    listing.lock();
    try {
      listed = clock.instant();
      var stored = keys.list("");
      Set<String> bound =
          sessions.list("").stream().map(BlobEntry::name).collect(Collectors.toSet());
      for (BlobEntry entry : stored) {
        parse(entry)
            .filter(event -> !bound.contains(SessionBlobs.record(event.session())))
            .ifPresent(this::add);
      }
    } finally {
      listing.unlock();
    }
  }

  /** The event that was sent when {@code entry} was made, if it is a key set. */
  private Optional<KeysReady> parse(BlobEntry entry) {
    String[] parts = entry.name().split("/", -1);
    if (parts.length != 3 || !parts[2].endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String session = parts[2].substring(0, parts[2].length() - SUFFIX.length());
    if (session.equals("version")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new KeysReady(
              SessionIds.parse(session),
              new ModelVersionName(parts[0], parts[1]),
              entry.modified().plus(lifetimes.keys())));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, entry.name() + " is no name of a key set, and left alone", e);
      return Optional.empty();
    }
  }

  /** Takes up a key set, unless it is known or too old. */
  public void add(KeysReady event) {
    if (isTooOld(event.expires())) {
      return;
    }
    boolean first;
    synchronized (stock) {
      first = !stock.containsKey(event.name());
      stock
          .computeIfAbsent(event.name(), any -> new LinkedHashMap<>())
          .putIfAbsent(event.session(), event.expires());
    }
    if (first) {
      metrics.watch(event.name(), this::count);
    }
  }

  /** Forgets a key set that somebody has, by whatever instance, of whatever model it is. */
  public void drop(SessionId session) {
    synchronized (stock) {
      stock.values().forEach(known -> known.remove(session));
    }
  }

  private boolean isTooOld(Instant expires) {
    return !clock.instant().plus(lifetimes.keyMargin()).isBefore(expires);
  }

  /** A key set that may be free, the oldest; it is given to one caller of this instance. */
  public Optional<SessionId> take(ModelVersionName name) {
    return poll(name)
        .or(
            () -> {
              refreshIfStale();
              return poll(name);
            });
  }

  private void refreshIfStale() {
    listing.lock();
    try {
      if (!clock.instant().isBefore(nextListing())) {
        refresh();
      }
    } finally {
      listing.unlock();
    }
  }

  private Instant nextListing() {
    return listed.equals(Instant.MIN) ? listed : listed.plus(BETWEEN_LISTINGS);
  }

  private Optional<SessionId> poll(ModelVersionName name) {
    synchronized (stock) {
      Iterator<Map.Entry<SessionId, Instant>> next =
          stock.getOrDefault(name, Map.of()).entrySet().iterator();
      while (next.hasNext()) {
        Map.Entry<SessionId, Instant> entry = next.next();
        SessionId session = entry.getKey();
        boolean tooOld = isTooOld(entry.getValue());
        next.remove();
        if (!tooOld) {
          return Optional.of(session);
        }
      }
      return Optional.empty();
    }
  }

  /** Whether the keys of {@code session} are still there. */
  boolean exist(ModelVersionName name, SessionId session) {
    return keys.length(name.blob(session + SUFFIX)).isPresent();
  }

  /** How many key sets of a version are ready. */
  public int count(ModelVersionName name) {
    synchronized (stock) {
      return (int)
          stock.getOrDefault(name, Map.of()).values().stream()
              .filter(expires -> !isTooOld(expires))
              .count();
    }
  }
}
