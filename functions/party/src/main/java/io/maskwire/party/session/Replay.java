package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.Sha256;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.Purpose;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.party.blob.MissingBlobException;
import io.maskwire.party.session.RefusedException.Reason;
import java.security.MessageDigest;

/** Reads inputs and messages, and brings a {@link Computation} to the point where the log is. */
final class Replay {
  private final Identity identity;
  private final BlobContainer inputs;
  private final Courier courier;
  private final Computations computations;

  Replay(Identity identity, BlobContainer inputs, Courier courier, Computations computations) {
    this.identity = identity;
    this.inputs = inputs;
    this.courier = courier;
    this.computations = computations;
  }

  private Role role() {
    return identity.role();
  }

  Computation computation(ActiveSession session, ModelVersionName name) {
    return session
        .computation()
        .orElseGet(() -> session.keep(computations.open(name, session.id())));
  }

  /** The computation, at the point where the log is. */
  Computation replayed(ActiveSession session, SessionLog log) {
    Computation computation = computation(session, log.opened().orElseThrow().name());
    if (!computation.begun()) {
      byte[] plain = readInput(session.id());
      requireSameInput(session, log, Sha256.of(plain));
      computation.begin(decodeInput(computation, session.id(), plain));
    }
    while (!computation.complete() && log.has(computation.received())) {
      int round = computation.received();
      byte[] plain = courier.open(session.id(), round, log.message(round).orElseThrow());
      RoundMessage message = decodeMessage(session.id(), round, plain);
      requireAccepted(session, computation, message);
      computation.advance(message, Sha256.of(plain));
      log.release(round);
    }
    return computation;
  }

  byte[] readInput(SessionId session) {
    byte[] sealed =
        inputs
            .read(session.toString())
            .orElseThrow(() -> new MissingBlobException("masked input", session.toString()));
    return Envelope.open(Purpose.input(session), sealed, role().index(), identity.own());
  }

  static MaskedInput decodeInput(Computation computation, SessionId session, byte[] plain) {
    MaskedInput masked =
        MaskedInput.decode(plain, computation.model().program(), computation.model().id());
    if (!masked.session().equals(session)) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION,
          "the input of session %s was masked for session %s".formatted(session, masked.session()));
    }
    return masked;
  }

  static void requireSameInput(ActiveSession session, SessionLog log, byte[] digest) {
    if (!MessageDigest.isEqual(log.input().orElseThrow(), digest)) {
      throw new RefusedException(
          session.id(), Reason.OTHER_INPUT, "its keys already serve another input");
    }
  }

  RoundMessage decodeMessage(SessionId session, int round, byte[] plain) {
    RoundMessage message = RoundMessage.decode(plain);
    if (message.role() != role().other()
        || message.round() != round
        || !message.session().equals(session)) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "%s came as round %d of session %s".formatted(message, round, session));
    }
    return message;
  }

  void requireSameMessage(ActiveSession session, SessionLog log, int round, byte[] digest) {
    byte[] expected =
        log.message(round)
            .map(first -> Sha256.of(courier.open(session.id(), round, first)))
            .orElseGet(() -> session.computation().orElseThrow().digest(round));
    if (!MessageDigest.isEqual(expected, digest)) {
      throw otherMessage(session, round);
    }
  }

  static RefusedException otherMessage(ActiveSession session, int round) {
    return new RefusedException(
        session.id(), Reason.OTHER_MESSAGE, "the peer has sent another message for round " + round);
  }

  static void requireAccepted(
      ActiveSession session, Computation computation, RoundMessage message) {
    if (!computation.accepts(message)) {
      throw new RefusedException(
          session.id(),
          Reason.OTHER_TRANSCRIPT,
          "the peer's message of round %d was computed on other inputs or openings"
              .formatted(message.round()));
    }
  }
}
