package io.maskwire.party.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ByteWriter;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.seal.PairSeal;
import io.maskwire.exchange.seal.SealException;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.blob.MissingBlobException;
import io.maskwire.party.fixture.World;
import io.maskwire.party.session.RefusedException.Reason;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionRefusalTest extends SessionScene {
  @Test
  void handle_otherInput_isRefusedAndTheFirstStands() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    world.upload(session, session.mask(network.randomInput()));

    for (Instance any : List.of(zero, instance(Role.PARTY_0))) {
      assertThatThrownBy(() -> any.handle(bus.input()))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_INPUT));
    }
    assertThat(bus.sent()).isEqualTo(1);

    world.upload(session, session.mask(input));
    bus.publish(bus.input());
    run(both(), new int[2]);
    requireExactResult();
  }

  @Test
  void handle_otherResultKey_isRefused() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.opened());
    byte[] other = SealKeys.encode(SealKeys.generate(new SecureRandom()).getPublic());

    assertThatThrownBy(
            () ->
                zero.handle(
                    new SessionEvent.Input(new InputUploaded(session.id(), model.name(), other))))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_RECORD));
  }

  private SessionEvent peerMessage(int round, RoundMessage message) {
    PairSeal seal =
        new PairSeal(
            world.keys(Role.PARTY_1).getPrivate(),
            (ECPublicKey) world.keys(Role.PARTY_0).getPublic(),
            new SecureRandom());
    byte[] sealed = seal.seal(session.id(), Role.PARTY_1, round, message.encode());
    return new SessionEvent.PeerMessage(
        session.id(), model.name(), round, sealed, Optional.empty());
  }

  private RoundMessage changed(int round) {
    RoundMessage message = RoundMessage.decode(bus.message(Role.PARTY_1, round));
    byte[] payload = message.payload().clone();
    payload[0] ^= 1;
    return new RoundMessage(
        message.role(), round, message.session(), message.transcript(), payload);
  }

  @Test
  void handle_otherMessageForARound_isRefused() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    instance(Role.PARTY_1).handle(bus.input());
    zero.handle(bus.inbox(Role.PARTY_0).getFirst());

    for (Instance any : List.of(zero, instance(Role.PARTY_0))) {
      assertThatThrownBy(() -> any.handle(peerMessage(0, changed(0))))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_MESSAGE));
    }
  }

  @Test
  void handle_otherMessageAfterNotesWereLost_isRefused() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    instance(Role.PARTY_1).handle(bus.input());
    SessionEvent first = bus.inbox(Role.PARTY_0).getFirst();
    var lost = zero.start(first).durable();
    instance(Role.PARTY_0).handle(bus.opened());
    world
        .container(Container.STATE_PARTY0)
        .append(
            session.id().toString(),
            world.container(Container.STATE_PARTY0).length(session.id().toString()).orElseThrow(),
            anyRecord());
    zero.flush();
    assertThat(lost).isCompletedExceptionally();

    assertThatThrownBy(() -> zero.handle(peerMessage(0, changed(0))))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_MESSAGE));
  }

  /** What another instance could have written: the peer's message of a later round. */
  private byte[] anyRecord() {
    ByteWriter writer = new ByteWriter(64);
    new LogRecord.Message(1, new byte[40]).encode(writer);
    return writer.toBytes();
  }

  @Test
  void handle_wrongSealOrUnknownSession_isPoison() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    SessionEvent unsealed =
        new SessionEvent.PeerMessage(
            session.id(), model.name(), 0, new byte[100], Optional.empty());
    assertThatThrownBy(() -> zero.handle(unsealed)).isInstanceOf(SealException.class);

    SessionId unknown = new SessionId(new byte[SessionId.BYTES]);
    world.container(Container.INPUTS).put(unknown.toString(), new byte[1]);
    assertThatThrownBy(
            () ->
                zero.handle(
                    new SessionEvent.Input(
                        new InputUploaded(unknown, model.name(), session.resultKey()))))
        .isInstanceOf(SealException.class);
    assertThatThrownBy(
            () ->
                zero.handle(
                    new SessionEvent.PeerMessage(
                        unknown, model.name(), 0, new byte[0], Optional.of(unknown + "/0"))))
        .isInstanceOf(MissingBlobException.class);
    assertThat(world.container(Container.STATE_PARTY0).length(unknown.toString())).isEmpty();
  }

  @Test
  void handle_keysUnderAnotherSessionsName_areRefused() {
    World.Session other = world.deal(model);
    BlobContainer keys = world.container(Container.KEYS_PARTY0);
    BlobContainer common = world.container(Container.KEYS_COMMON);
    String to = model.name().blob(session.id() + ".bin");
    String from = model.name().blob(other.id() + ".bin");
    keys.put(to, keys.read(from).orElseThrow());
    common.put(to, common.read(from).orElseThrow());

    assertThatThrownBy(() -> instance(Role.PARTY_0).handle(bus.input()))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void handle_damagedLog_isRefused() {
    instance(Role.PARTY_0).handle(bus.input());
    BlobContainer state = world.container(Container.STATE_PARTY0);
    byte[] log = state.read(session.id().toString()).orElseThrow();
    for (int at = 0; at < log.length; at += 7) {
      byte[] damaged = log.clone();
      damaged[at] ^= 0x10;
      state.put(session.id().toString(), damaged);
      assertThatThrownBy(() -> instance(Role.PARTY_0).handle(bus.input()))
          .isInstanceOf(ProtocolException.class);
    }
    byte[] cut = java.util.Arrays.copyOf(log, log.length - 1);
    state.put(session.id().toString(), cut);
    assertThatThrownBy(() -> instance(Role.PARTY_0).handle(bus.input()))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void handle_referenceToAnotherBlob_isRefused() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    SessionEvent foreign =
        new SessionEvent.PeerMessage(
            session.id(), model.name(), 0, new byte[0], Optional.of("other/0"));

    assertThatThrownBy(() -> zero.handle(foreign)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void handle_messageOnAnotherTranscript_isRefusedAndNotKept() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    instance(Role.PARTY_1).handle(bus.input());
    RoundMessage first = RoundMessage.decode(bus.message(Role.PARTY_1, 0));
    RoundMessage other =
        new RoundMessage(first.role(), 0, first.session(), new byte[32], first.payload());

    assertThatThrownBy(() -> zero.handle(peerMessage(0, other)))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_TRANSCRIPT));
    assertThat(zero.handle(bus.inbox(Role.PARTY_0).getFirst())).isEqualTo(1);
  }
}
