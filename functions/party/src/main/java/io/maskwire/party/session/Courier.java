package io.maskwire.party.session;

import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.Topic;
import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.Purpose;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.party.blob.MissingBlobException;
import java.util.List;
import java.util.Optional;

/**
 * Seals what goes out and opens what comes in; what is too large for an event goes by blob storage
 * (claim check), under {@code SESSION/ROUND}.
 */
public final class Courier {
  private final Identity identity;
  private final Claims claims;
  private final Outbox outbox;

  /**
   * Where large messages are.
   *
   * @param fromPeer what the peer has sent; emptied when a session is over
   * @param toPeer what this party sends; it may only create there
   * @param results this party's result shares; it may only create there
   */
  public record Claims(BlobContainer fromPeer, BlobContainer toPeer, BlobContainer results) {}

  /** A courier for the party {@code identity}. */
  public Courier(Identity identity, Claims claims, Outbox outbox) {
    this.identity = identity;
    this.claims = claims;
    this.outbox = outbox;
  }

  private static String blob(SessionId session, int round) {
    return session + "/" + round;
  }

  /** Sends {@code message} to the peer; returns when the broker has it. */
  void sendToPeer(LogRecord.Opened session, RoundMessage message) {
    byte[] sealed =
        identity.pair().seal(message.session(), identity.role(), message.round(), message.encode());
    Topic topic = identity.role().index() == 0 ? Topic.TO_PARTY1 : Topic.TO_PARTY0;
    send(session, message, sealed, topic, claims.toPeer());
  }

  /** Sends the result share {@code message} to the user; returns when the broker has it. */
  void sendResult(LogRecord.Opened session, RoundMessage message) {
    Purpose purpose = Purpose.result(message.session(), identity.role());
    byte[] sealed =
        Envelope.seal(
            purpose,
            message.encode(),
            List.of(SealKeys.decode(session.resultKey())),
            identity.random());
    send(session, message, sealed, Topic.RESULTS, claims.results());
  }

  private void send(
      LogRecord.Opened session,
      RoundMessage message,
      byte[] sealed,
      Topic topic,
      BlobContainer container) {
    Optional<String> reference = Optional.empty();
    if (sealed.length > EventType.LARGEST_PAYLOAD_BYTES) {
      String name = blob(message.session(), message.round());
      // If it is there already, it holds the same message: messages are functions of the session.
      container.create(name, sealed);
      reference = Optional.of(name);
    }
    outbox.send(
        new OutgoingEvent(
            topic,
            topic == Topic.RESULTS ? EventType.RESULT_SHARED : EventType.ROUND_SENT,
            message.session(),
            session.name(),
            message.role(),
            message.round(),
            reference.isPresent() ? new byte[0] : sealed,
            reference));
  }

  /**
   * The sealed bytes of the peer's message, wherever they are; empty if its blob is gone.
   *
   * @throws IllegalArgumentException if it refers to a blob that is not its own
   */
  Optional<byte[]> fetch(SessionEvent.PeerMessage event) {
    if (event.reference().isEmpty()) {
      return Optional.of(event.sealed());
    }
    String name = blob(event.session(), event.round());
    String reference = event.reference().get();
    if (!reference.equals(name)) {
      throw new IllegalArgumentException(
          "a message that belongs in the blob '%s' refers to '%s'".formatted(name, reference));
    }
    return claims.fromPeer().read(name);
  }

  /**
   * Opens what {@link #fetch} has brought.
   *
   * @return the encoded message
   * @throws io.maskwire.exchange.seal.SealException if the peer has not sealed it for this place
   */
  byte[] open(SessionId session, int round, byte[] sealed) {
    return identity.pair().open(session, identity.role().other(), round, sealed);
  }

  /** Removes a message of the peer that came by reference and is in the log. */
  void discard(SessionId session, int round) {
    claims.fromPeer().delete(blob(session, round));
  }

  /** The refusal of a message whose blob is gone. */
  static MissingBlobException gone(SessionEvent.PeerMessage event) {
    return new MissingBlobException("message", blob(event.session(), event.round()));
  }
}
