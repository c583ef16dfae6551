package io.maskwire.cli.direct;

import io.maskwire.cli.inference.KeyFolder;
import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.Owner;
import io.maskwire.crypto.execution.PartyKeys;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartySession;
import io.maskwire.crypto.execution.PartyWeights;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.Sha256;
import io.maskwire.crypto.wire.WeightsCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** One party of a session, step by step and with no memory: it sends what its test tells it to. */
final class DrivenPeer {
  private static final byte[] NEED = {1};

  private final RewindModel model;
  private final KeyFolder keys;
  private final SessionId session;
  private final Role role;
  private final Channel channel;

  DrivenPeer(RewindModel model, KeyFolder keys, SessionId session, Role role, Channel channel) {
    this.model = model;
    this.keys = keys;
    this.session = session;
    this.role = role;
    this.channel = channel;
  }

  /** Weights and masked input, in the direction of this role. */
  Started start() throws IOException {
    User user = new User(model.program(), model.id(), keys.userSeeds(session));
    MaskedInput input = user.mask(model.input());
    List<RingTensor> masked =
        Owner.maskWeights(model.program(), model.weights(), keys.ownerSeeds(model.id()));
    PartyModel own =
        PartyModel.of(
            model.program(),
            model.id(),
            role,
            new PartyWeights(model.program(), role, masked, keys.partySeed(role, model.id())));
    PartySession party =
        new PartySession(
            own, new PartyKeys(own, keys.openCommon(session), keys.openOwn(role, session)));
    if (role == Role.PARTY_0) {
      offer(masked);
      channel.receive();
    } else {
      channel.receive();
      channel.send(NEED);
      channel.receive();
      channel.send(input.encode(model.program()));
    }
    return new Started(party, party.begin(input));
  }

  private void offer(List<RingTensor> masked) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WeightsCodec.write(bytes, WeightsCodec.Kind.MASKED, model.program(), model.id(), masked);
    channel.send(Sha256.of(bytes.toByteArray()));
    if (channel.receive()[0] == NEED[0]) {
      channel.send(bytes.toByteArray());
    }
  }

  /** Party 0's weights, one of them changed by one. */
  void offerOtherWeights() throws IOException {
    long[] values = model.weights().getFirst().values().clone();
    values[0]++;
    offer(
        Owner.maskWeights(
            model.program(),
            List.of(RingTensor.takeOwnershipOf(values)),
            keys.ownerSeeds(model.id())));
  }

  byte[] receive() {
    return channel.receive();
  }

  /** A session whose rounds have begun. */
  final class Started {
    private final PartySession party;
    private RoundMessage message;

    private Started(PartySession party, RoundMessage message) {
      this.party = party;
      this.message = message;
    }

    /** The first {@code count} rounds, as the protocol has them. */
    Started rounds(int count) {
      while (message.round() < count) {
        message = party.advance(RoundMessage.decode(channel.exchange(message.encode())));
      }
      return this;
    }

    /** This party's message of the round that it has come to. */
    Started open() {
      channel.exchange(message.encode());
      return this;
    }

    /** As {@link #open}, with another payload. */
    Started openOtherwise() {
      byte[] changed = message.encode();
      changed[RoundMessage.OVERHEAD] ^= 1;
      channel.exchange(changed);
      return this;
    }

    /** A message of the round before in place of this round's. */
    Started openTheRoundBefore() {
      channel.exchange(
          new RoundMessage(
                  role, message.round() - 1, session, message.transcript(), message.payload())
              .encode());
      return this;
    }

    /** The end of the session: party 0's result share. */
    void share() {
      if (role == Role.PARTY_0) {
        channel.send(message.encode());
      } else {
        channel.receive();
      }
    }

    /** Ends the connection; what was sent before still arrives. */
    void leave() {
      channel.close();
    }
  }
}
