package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.ByteWriter;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.store.BlobContainer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a session durably is: an append blob of facts ({@link LogRecord}), each at most once, in the
 * order in which they became known. An append succeeds only on the log that was read: the store
 * arbitrates between the instances of a party, and between two inputs for one set of keys.
 *
 * <p>Facts are either written at once ({@link #append}) or noted and written together later ({@link
 * #flush}): an event whose fact is only noted must not be acknowledged before {@link #durable}.
 *
 * <pre>
 *   "MWSL"  version (2)  role (1)  session (16)   records
 * </pre>
 *
 * <p>Not thread safe: one session's thread at a time.
 */
final class SessionLog {
  private static final int MAGIC = 0x4d57534c; // MWSL
  private static final int VERSION = 1;

  private final BlobContainer container;
  private final Role role;
  private final SessionId session;
  private long length;
  private Optional<LogRecord.Opened> opened = Optional.empty();
  private Optional<byte[]> input = Optional.empty();
  private final BitSet rounds = new BitSet();
  private final BitSet large = new BitSet();
  private final Map<Integer, byte[]> messages = new HashMap<>();
  private boolean finished;
  private final List<LogRecord> noted = new ArrayList<>();
  private long notedBytes;
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

  private SessionLog(BlobContainer container, Role role, SessionId session) {
    this.container = container;
    this.role = role;
    this.session = session;
  }

  /**
   * Reads the log of {@code session}; one that does not exist is empty.
   *
   * @throws ProtocolException if it is damaged, or of another session or role
   */
  static SessionLog load(BlobContainer container, Role role, SessionId session) {
    SessionLog log = new SessionLog(container, role, session);
    byte[] bytes = container.read(session.toString()).orElse(new byte[0]);
    if (bytes.length > 0) {
      log.parse(bytes);
    }
    log.length = bytes.length;
    return log;
  }

  private void parse(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes, "the log of session " + session);
    reader.expectHeader(MAGIC, VERSION);
    if (reader.getByte() != role.index()) {
      throw new ProtocolException(
          ErrorCode.WRONG_ROLE, "the log of session %s is of the other role".formatted(session));
    }
    SessionId found = new SessionId(reader.getBytes(SessionId.BYTES));
    if (!found.equals(session)) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION, "the log named %s is of session %s".formatted(session, found));
    }
    while (reader.remaining() > 0) {
      LogRecord next = LogRecord.decode(reader);
      if (!fits(next)) {
        throw reader.malformed("a record that cannot follow those before it");
      }
      add(next);
    }
  }

  /** True if {@code next} is new and allowed after what is there. */
  private boolean fits(LogRecord next) {
    if (finished) {
      return false;
    }
    return switch (next) {
      case LogRecord.Finished _ -> true;
      case LogRecord.Input _ -> opened.isPresent() && input.isEmpty();
      case LogRecord.Message message -> message.round() >= 0 && !rounds.get(message.round());
      case LogRecord.Opened _ -> opened.isEmpty();
    };
  }

  private void add(LogRecord fact) {
    switch (fact) {
      case LogRecord.Finished _ -> {
        finished = true;
        messages.clear();
      }
      case LogRecord.Input record -> input = Optional.of(record.digest());
      case LogRecord.Message message -> {
        rounds.set(message.round());
        large.set(message.round(), message.sealed().length > EventType.LARGEST_PAYLOAD_BYTES);
        messages.put(message.round(), message.sealed());
      }
      case LogRecord.Opened record -> opened = Optional.of(record);
    }
  }

  /**
   * Writes {@code records}, after what is noted, in one step.
   *
   * @throws OutdatedException if another instance has changed the log since it was read; nothing is
   *     added then
   */
  void append(List<LogRecord> records) {
    write(records);
    records.forEach(this::add);
    settle(future -> future.complete(null));
  }

  /** Tells those who wait, in the order in which they came. */
  private void settle(Consumer<CompletableFuture<Void>> outcome) {
    List<CompletableFuture<Void>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(outcome);
  }

  private void write(List<LogRecord> records) {
    ByteWriter writer = new ByteWriter(1 << 8);
    if (length == 0) {
      container.createLog(session.toString());
      writer.putInt(MAGIC).putShort(VERSION).putByte(role.index()).putBytes(session.toBytes());
    }
    noted.forEach(next -> next.encode(writer));
    records.forEach(next -> next.encode(writer));
    byte[] bytes = writer.toBytes();
    if (!container.append(session.toString(), length, bytes)) {
      throw new OutdatedException();
    }
    length += bytes.length;
    noted.clear();
    notedBytes = 0;
  }

  /** Adds {@code fact}, to be written later. */
  void note(LogRecord fact) {
    noted.add(fact);
    notedBytes += fact instanceof LogRecord.Message message ? message.sealed().length : 0;
    add(fact);
  }

  /**
   * Writes what is noted, then runs {@code then}, then tells those who wait for {@link #durable}.
   *
   * @throws OutdatedException as {@link #append} does
   */
  void flush(Runnable then) {
    if (!noted.isEmpty()) {
      write(List.of());
      then.run();
      settle(future -> future.complete(null));
    }
  }

  /** True if something is noted that is not written. */
  boolean isAhead() {
    return !noted.isEmpty();
  }

  /** True if somebody waits for what is noted. */
  boolean isAwaited() {
    return !waiting.isEmpty();
  }

  /** Bytes of messages that are noted and not written. */
  long notedBytes() {
    return notedBytes;
  }

  /**
   * Completed when all that was noted so far is written and what follows from it is done;
   * exceptionally if that will not happen, since another instance has gone on or the store has
   * failed: then the event that brought it has to be handled again.
   */
  CompletableFuture<Void> durable() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    if (isAhead()) {
      waiting.add(future);
    } else {
      future.complete(null);
    }
    return future;
  }

  /** Gives up what is noted, because of {@code reason}. */
  void abandon(Throwable reason) {
    settle(future -> future.completeExceptionally(reason));
  }

  /** Bytes of the log as this instance knows it; it only grows. */
  long length() {
    return length;
  }

  /** What the session is about, if it is known. */
  Optional<LogRecord.Opened> opened() {
    return opened;
  }

  /** SHA-256 of the one masked input that the keys serve, if they serve one. */
  Optional<byte[]> input() {
    return input.map(byte[]::clone);
  }

  /** True if the peer's message of {@code round} is here. */
  boolean has(int round) {
    return rounds.get(round);
  }

  /** Number of the peer's messages that are here without a gap. */
  int received() {
    return rounds.nextClearBit(0);
  }

  /** The peer's sealed message of {@code round}, unless it was released. */
  Optional<byte[]> message(int round) {
    return Optional.ofNullable(messages.get(round));
  }

  /** Forgets the bytes of a message that was read; they stay in the store. */
  void release(int round) {
    messages.remove(round);
  }

  /** Rounds whose messages came by reference. */
  IntStream largeRounds() {
    return large.stream();
  }

  /** True if nothing is left to do but to erase. */
  boolean finished() {
    return finished;
  }

  @Override
  public String toString() {
    return "SessionLog[%s, %s, %d bytes, rounds %s]".formatted(session, role, length, rounds);
  }
}
