package io.maskwire.dealer;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which sessions are dealt, ready, bound or over. Nothing is kept in memory: the container {@code
 * masks} says it all, so that dealers may stop, start, and work beside each other.
 *
 * <pre>
 *   MODEL/VERSION/SESSION.bin     the seeds of its masks
 *   MODEL/VERSION/SESSION.ready   created when all keys are in place
 *   MODEL/VERSION/SESSION.bound   created when a user got it; stays for a while after its end
 * </pre>
 */
public final class KeyStock {
  static final String SEEDS = ".bin";
  private static final String READY = ".ready";
  private static final String BOUND = ".bound";

  /** News of a session takes a while; what is over is erased this long after. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final BlobContainer masks;
  private final BlobContainer common;
  private final StockLimits limits;
  private final Clock clock;

  /**
   * The stock in two containers of the dealer's.
   *
   * @param masks seeds and marks
   * @param common what both parties need of a session's keys
   */
  public KeyStock(BlobContainer masks, BlobContainer common, StockLimits limits, Clock clock) {
    this.masks = masks;
    this.common = common;
    this.limits = limits;
    this.clock = clock;
  }

  static String blob(ModelVersionName name, SessionId session, String suffix) {
    return name.blob(session + suffix);
  }

  /** The limits. */
  public StockLimits limits() {
    return limits;
  }

  /** All sessions of a version. */
  public List<StockEntry> entries(ModelVersionName name) {
    return entries(masks.list(name.blob("")));
  }

  private static List<StockEntry> entries(List<BlobEntry> blobs) {
    Map<String, StockEntry> entries = new TreeMap<>();
    for (BlobEntry blob : blobs) {
      BlobNames.session(blob.name(), SEEDS)
          .ifPresent(
              session ->
                  merge(
                      entries,
                      new StockEntry(
                          session, Optional.of(blob.modified()), false, Optional.empty())));
      BlobNames.session(blob.name(), READY)
          .ifPresent(
              session ->
                  merge(
                      entries, new StockEntry(session, Optional.empty(), true, Optional.empty())));
      BlobNames.session(blob.name(), BOUND)
          .ifPresent(
              session ->
                  merge(
                      entries,
                      new StockEntry(
                          session, Optional.empty(), false, Optional.of(blob.modified()))));
    }
    return List.copyOf(entries.values());
  }

  private static void merge(Map<String, StockEntry> entries, StockEntry entry) {
    entries.merge(
        entry.session().toString(),
        entry,
        (one, other) ->
            new StockEntry(
                one.session(),
                one.dealt().or(other::dealt),
                one.ready() || other.ready(),
                one.bound().or(other::bound)));
  }

  /** The sessions of a version that users can get. */
  public List<StockEntry> free(ModelVersionName name) {
    Instant now = clock.instant();
    return entries(name).stream().filter(entry -> entry.free(now, limits)).toList();
  }

  /** How many sessions users can get of each version that has any. */
  public Map<ModelVersionName, Integer> free() {
    Instant now = clock.instant();
    Map<ModelVersionName, Integer> free = new HashMap<>();
    byVersion()
        .forEach(
            (name, blobs) ->
                free.put(
                    name,
                    (int)
                        entries(blobs).stream().filter(entry -> entry.free(now, limits)).count()));
    return free;
  }

  private Map<ModelVersionName, List<BlobEntry>> byVersion() {
    Map<ModelVersionName, List<BlobEntry>> versions = new LinkedHashMap<>();
    for (BlobEntry blob : masks.list("")) {
      BlobNames.version(blob.name())
          .ifPresent(name -> versions.computeIfAbsent(name, _ -> new ArrayList<>()).add(blob));
    }
    return versions;
  }

  /** Bytes of all sessions' common keys. */
  public long commonBytes() {
    return common.list("").stream().mapToLong(BlobEntry::length).sum();
  }

  /**
   * The version that a session was dealt for, as the stock has it; what an event {@code said}, if
   * the stock has nothing of the session.
   */
  public ModelVersionName versionOf(SessionId session, ModelVersionName said) {
    if (masks.length(blob(said, session, SEEDS)).isPresent()
        || masks.length(blob(said, session, BOUND)).isPresent()) {
      return said;
    }
    return masks.list("").stream()
        .map(BlobEntry::name)
        .filter(name -> BlobNames.session(name, SEEDS).filter(session::equals).isPresent())
        .flatMap(name -> BlobNames.version(name).stream())
        .findFirst()
        .orElse(said);
  }

  /** All keys of {@code session} are in place. */
  void ready(ModelVersionName name, SessionId session) {
    masks.create(blob(name, session, READY), new byte[0]);
  }

  /**
   * Binds a session: it is somebody's until {@code expires}. May be repeated.
   *
   * @return false if it has no masks: it is over, or was never dealt
   */
  public boolean bind(ModelVersionName name, SessionId session, Instant expires) {
    if (masks.length(blob(name, session, SEEDS)).isEmpty()) {
      return false;
    }
    mark(name, session, expires);
    return true;
  }

  private void mark(ModelVersionName name, SessionId session, Instant expires) {
    masks.create(blob(name, session, BOUND), JsonObject.create().put("expires", expires).toBytes());
  }

  /**
   * The masks of a bound session, or of one whose user comes before the news that it is bound: only
   * the gateway gives tokens, and it gives them for sessions that it has bound.
   *
   * @param expires of the user's token
   * @throws Refusal if the session is over or unknown
   */
  byte[] masks(ModelVersionName name, SessionId session, Instant expires) {
    byte[] seeds = masks.read(blob(name, session, SEEDS)).orElseThrow(() -> gone(name, session));
    mark(name, session, expires);
    return seeds;
  }

  private Refusal gone(ModelVersionName name, SessionId session) {
    return masks.length(blob(name, session, BOUND)).isPresent()
        ? new Refusal(
            Refusal.Reason.SESSION_ENDED,
            "session %s is over, its masks are erased".formatted(session))
        : new Refusal(Refusal.Reason.UNKNOWN_SESSION, "no session " + session + " of " + name);
  }

  /** A session is over: erases its masks, then its common keys. May be repeated. */
  public void end(ModelVersionName name, SessionId session) {
    masks.delete(blob(name, session, SEEDS));
    common.delete(blob(name, session, SEEDS));
    masks.delete(blob(name, session, READY));
  }

  /**
   * Erases what nobody has opened in time, what nobody has ended in time, what nobody can open any
   * more, and what was left behind when a dealer stopped in the middle of a session.
   *
   * @param retired versions whose sessions are erased unless a user has them
   * @return how many sessions
   * @throws RuntimeException after all others were looked at, if that failed for some
   */
  public int expire(Set<ModelVersionName> retired) {
    Instant now = clock.instant();
    List<BlobEntry> keys = common.list("");
    AtomicInteger erased = new AtomicInteger();
    EachAlone each = new EachAlone();
    byVersion()
        .forEach(
            (name, blobs) ->
                each.run(
                    entries(blobs),
                    entry -> {
                      boolean useless = retired.contains(name) && entry.bound().isEmpty();
                      if (useless ? erase(name, entry) : expire(name, entry, now)) {
                        erased.incrementAndGet();
                      }
                    }));
    each.run(
        keys.stream().filter(blob -> blob.modified().plus(GRACE).isBefore(now)).toList(),
        this::orphan);
    each.finish();
    return erased.get();
  }

  private boolean erase(ModelVersionName name, StockEntry entry) {
    end(name, entry.session());
    return true;
  }

  private boolean expire(ModelVersionName name, StockEntry entry, Instant now) {
    if (entry.dealt().isPresent()) {
      Instant end =
          entry.bound().isPresent()
              ? bindingEnds(name, entry)
              : entry.dealt().get().plus(limits.keyLifetime());
      if (end.plus(GRACE).isBefore(now)) {
        end(name, entry.session());
        return true;
      }
    } else if (entry.bound().isEmpty()
        || entry.bound().get().plus(limits.keyLifetime()).isBefore(now)) {
      masks.delete(blob(name, entry.session(), READY));
      masks.delete(blob(name, entry.session(), BOUND));
    }
    return false;
  }

  private Instant bindingEnds(ModelVersionName name, StockEntry entry) {
    return masks
        .read(blob(name, entry.session(), BOUND))
        .map(bytes -> JsonObject.parse(bytes, "a mark of a session").time("expires"))
        .orElseGet(clock::instant);
  }

  /** Common keys without masks serve nobody. */
  private void orphan(BlobEntry keys) {
    if (masks.length(keys.name()).isEmpty()) {
      common.delete(keys.name());
    }
  }
}
