package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.Sha256;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.seal.SealException;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.party.blob.MissingBlobException;
import io.maskwire.party.session.RefusedException.Reason;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One party's part of every session: each event becomes a fact in the session's log, and what has
 * to be sent is a function of the facts and the keys. Events may come in any order, more than once,
 * and at more than one instance.
 *
 * <p>An event answers for the messages that it makes possible: message 0 for the input, message r +
 * 1 for the peer's message r, and one more if the peer's next one came before. It is handled when
 * the broker has had them, so an event that is delivered again finds out whether they are missing:
 * messages before the last two are with the peer, since it has answered them; of the last two it
 * sends what this instance has not delivered itself. So every instance repeats a message at most
 * once each time that it reads the log, and repetitions do not answer repetitions for ever.
 *
 * <p>At the end: result share delivered, then {@code Finished}, then keys erased; a crash between
 * two of these leaves an event that does the rest.
 */
public final class SessionEngine {
  /** The input is the event before round 0. */
  private static final int INPUT = -1;

  /** Each one means that another instance has added a fact: there are not that many. */
  private static final int MOST_ATTEMPTS = 1000;

  private final Identity identity;
  private final BlobContainer state;
  private final Courier courier;
  private final Workshop workshop;
  private final Replay replay;
  private final Delivery delivery;
  private final Checkpoints checkpoints;
  private final Abandonment abandonment;

  /**
   * What has become of an event.
   *
   * @param messages that were sent
   * @param durable completed when the event may be acknowledged; exceptionally if it has to be
   *     handled again
   */
  public record Handled(int messages, CompletableFuture<Void> durable) {
    /** Of an event without consequences. */
    public static final Handled NOTHING = new Handled(0, CompletableFuture.completedFuture(null));
  }

  /**
   * What is kept in memory.
   *
   * @param computations makes what is missing
   * @param warm what is there
   * @param flusher writes what is noted of sessions, after a while
   */
  public record Workshop(Computations computations, WarmSessions warm, Flusher flusher) {}

  /**
   * The engine of the party {@code identity}.
   *
   * @param state the party's logs
   * @param inputs the users' masked inputs
   */
  public SessionEngine(
      Identity identity,
      BlobContainer state,
      BlobContainer inputs,
      Courier courier,
      Workshop workshop) {
    this.identity = identity;
    this.state = state;
    this.courier = courier;
    this.workshop = workshop;
    replay = new Replay(identity, inputs, courier, workshop.computations());
    delivery = new Delivery(courier, replay, workshop.computations());
    checkpoints = new Checkpoints(workshop.warm(), delivery, workshop.flusher());
    abandonment = new Abandonment(identity, state, workshop, delivery);
  }

  /** For sessions that cannot go on. */
  public Abandonment abandonment() {
    return abandonment;
  }

  private Role role() {
    return identity.role();
  }

  /**
   * Handles an event; when it returns, the messages that it causes are delivered.
   *
   * @throws RefusedException if it contradicts the session
   * @throws io.maskwire.exchange.seal.SealException if it was sealed by or for somebody else
   * @throws ProtocolException if it, or what it needs, is malformed
   * @throws MissingBlobException if it is about an unknown session
   * @throws io.maskwire.exchange.store.StoreException if it must be handled again
   */
  public Handled handle(SessionEvent event) {
    return workshop.warm().with(event.session(), session -> handle(session, event));
  }

  private Handled handle(ActiveSession session, SessionEvent event) {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      boolean consistent = false;
      try {
        int sent = dispatch(session, event);
        Handled handled = new Handled(sent, checkpoints.awaited(session));
        consistent = true;
        return handled;
      } catch (OutdatedException _) {
        // What is remembered is forgotten below: the next attempt reads the log.
      } catch (RefusedException | MissingBlobException | ProtocolException e) {
        if (isCurrent(session)) {
          consistent = e instanceof RefusedException; // thrown before anything changes
          throw e;
        }
      } catch (SealException e) {
        consistent = true;
        throw e;
      } finally {
        if (!consistent) {
          session.forget();
        }
      }
    }
    throw new IllegalStateException(
        "the log of session %s refuses every record".formatted(session.id()));
  }

  /** False if another instance has gone on: then what is remembered decides nothing. */
  private boolean isCurrent(ActiveSession session) {
    long length = SessionLog.load(state, role(), session.id()).length();
    return session.log(state, role()).length() == length;
  }

  private int dispatch(ActiveSession session, SessionEvent event) {
    SessionLog log = session.log(state, role());
    return switch (event) {
      case SessionEvent.Ended ended -> end(session, log, ended.event().name());
      case SessionEvent.Input input -> input(session, log, input.event());
      case SessionEvent.Opened opened -> open(session, log, opened.event());
      case SessionEvent.PeerMessage message -> receive(session, log, message);
    };
  }

  private int open(ActiveSession session, SessionLog log, SessionOpened event) {
    LogRecord.Opened about = about(session, log, event.name(), event.resultKey());
    if (log.finished()) {
      return delivery.cleanUp(session, log, event.name());
    }
    if (log.input().isPresent() || session.computation().isPresent()) {
      return 0;
    }
    Computation computation = replay.computation(session, event.name());
    if (log.opened().isEmpty()) {
      log.append(List.of(about));
    }
    workshop.computations().prepare(computation);
    return 0;
  }

  /** What the session is about; the first word stands. */
  private static LogRecord.Opened about(
      ActiveSession session, SessionLog log, ModelVersionName name, byte[] resultKey) {
    SealKeys.decode(resultKey);
    LogRecord.Opened found = new LogRecord.Opened(name, resultKey);
    LogRecord.Opened first = log.opened().orElse(found);
    if (!first.name().equals(name) || !MessageDigest.isEqual(first.resultKey(), resultKey)) {
      throw new RefusedException(
          session.id(), Reason.OTHER_RECORD, "it was opened for another model or result key");
    }
    return first;
  }

  private int input(ActiveSession session, SessionLog log, InputUploaded event) {
    LogRecord.Opened about = about(session, log, event.name(), event.resultKey());
    if (log.finished()) {
      return delivery.cleanUp(session, log, event.name());
    }
    byte[] plain = replay.readInput(session.id());
    byte[] digest = Sha256.of(plain);
    if (log.input().isPresent()) {
      Replay.requireSameInput(session, log, digest);
      return delivery.deliver(session, log, INPUT);
    }
    Computation computation = replay.computation(session, event.name());
    MaskedInput masked = Replay.decodeInput(computation, session.id(), plain);
    List<LogRecord> facts = new ArrayList<>();
    if (log.opened().isEmpty()) {
      facts.add(about);
    }
    facts.add(new LogRecord.Input(digest));
    both(() -> log.append(facts), () -> computation.begin(masked));
    return delivery.deliver(session, log, INPUT);
  }

  private int receive(ActiveSession session, SessionLog log, SessionEvent.PeerMessage event) {
    if (log.finished()) {
      return delivery.cleanUp(session, log, event.name());
    }
    int round = event.round();
    if (round < 0) {
      throw new ProtocolException(ErrorCode.MALFORMED, "no round " + round);
    }
    byte[] sealed = courier.fetch(event).orElse(new byte[0]);
    if (sealed.length == 0 && log.has(round)) {
      return delivery.deliver(session, log, round);
    }
    if (sealed.length == 0) {
      throw Courier.gone(event);
    }
    byte[] plain = courier.open(session.id(), round, sealed);
    RoundMessage message = replay.decodeMessage(session.id(), round, plain);
    byte[] digest = Sha256.of(plain);
    if (!session.mayAnswer(round, digest)) {
      throw Replay.otherMessage(session, round);
    }
    if (log.has(round)) {
      replay.requireSameMessage(session, log, round, digest);
      return delivery.deliver(session, log, round);
    }
    LogRecord fact = new LogRecord.Message(round, sealed);
    if (log.input().isEmpty()) {
      requireExpected(log, event);
      log.note(fact);
      return 0;
    }
    Computation computation = replay.replayed(session, log);
    requireRound(computation, round);
    if (round == computation.received()) {
      Replay.requireAccepted(session, computation, message);
      session.answered(round, digest);
      computation.advance(message, digest);
      log.note(fact);
      log.release(round);
    } else {
      log.note(fact);
    }
    return delivery.deliver(session, log, round);
  }

  /** Before the input, only the first message of a session with keys makes sense. */
  private void requireExpected(SessionLog log, SessionEvent.PeerMessage event) {
    if (event.round() != 0
        || (log.opened().isEmpty()
            && !workshop.computations().hasKeys(event.name(), event.session()))) {
      throw new MissingBlobException(
          "session that waits for round " + event.round(), event.session().toString());
    }
  }

  private static void requireRound(Computation computation, int round) {
    int rounds = computation.model().schedule().rounds();
    if (round >= rounds) {
      throw new ProtocolException(
          ErrorCode.MALFORMED, "round %d of a program with %d".formatted(round, rounds));
    }
  }

  private int end(ActiveSession session, SessionLog log, ModelVersionName name) {
    if (!log.finished()) {
      log.append(List.of(new LogRecord.Finished()));
    }
    return delivery.cleanUp(session, log, name);
  }

  /** Makes a fact durable while its consequence is computed; returns when both are done. */
  private static void both(Runnable append, Runnable compute) {
    CompletableFuture<Void> durable =
        CompletableFuture.runAsync(append, task -> Thread.ofVirtual().start(task));
    try {
      compute.run();
    } finally {
      durable.handle((_, _) -> true).join();
    }
    try {
      durable.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
