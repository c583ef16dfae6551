package io.maskwire.cli.direct;

import io.maskwire.cli.inference.KeyFiles;
import io.maskwire.cli.inference.KeyFolder;
import io.maskwire.cli.inference.SessionRecord;
import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.Owner;
import io.maskwire.crypto.execution.PartyKeys;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartyRunner;
import io.maskwire.crypto.execution.PartySession;
import io.maskwire.crypto.execution.PartyWeights;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.Sha256;
import io.maskwire.crypto.wire.WeightsCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * One session between two machines. Party 0 runs with the owner, party 1 with the user: party 0
 * sends the masked weights (once per version), party 1 the masked input; after the rounds party 0
 * sends its result share, which only the user can unmask.
 */
public final class DirectSession {
  private final Program program;
  private final ProgramId id;
  private final SessionId session;
  private final KeyFolder keys;
  private final Channel channel;

  /** The session over {@code channel}, whose peer has the other role. */
  public DirectSession(
      Program program, ProgramId id, SessionId session, KeyFolder keys, Channel channel) {
    this.program = program;
    this.id = id;
    this.session = session;
    this.keys = keys;
    this.channel = channel;
  }

  /**
   * Party 0, with the owner's weights.
   *
   * @param progress receives the number of each round that is over
   */
  public void runWithOwner(List<RingTensor> weights, IntConsumer progress) throws IOException {
    keys.verify(Role.PARTY_0, program, id, session);
    List<RingTensor> masked = Owner.maskWeights(program, weights, keys.ownerSeeds(id));
    byte[] weightsHash = MaskedWeightsTransfer.send(channel, encode(masked));
    PartyModel model = model(Role.PARTY_0, masked);
    try (KeyFiles.Source common = keys.openCommon(session);
        KeyFiles.Source own = keys.openOwn(Role.PARTY_0, session)) {
      PartySession party = new PartySession(model, new PartyKeys(model, common, own));
      party.prepare();
      byte[] upload = channel.receive(inputBytes());
      MaskedInput input = MaskedInput.decode(upload, program, id);
      try (SessionRecord record = claim(Role.PARTY_0, upload, weightsHash)) {
        Channel recorded = new RecordedChannel(channel, record);
        RoundMessage share = PartyRunner.run(party, input, recorded, progress);
        recorded.send(share.encode());
        keys.erase(Role.PARTY_0, session);
        record.end();
      }
    }
  }

  /**
   * Times of party 1's run, in nanoseconds of {@link System#nanoTime}, and the result.
   *
   * @param outputs unmasked, signed
   * @param inputBytes of the masked input
   * @param openingBytes of all round messages and result shares, both ways
   * @param offlineNanos preparing
   * @param onlineNanos input to result
   */
  public record Outcome(
      List<RingTensor> outputs,
      long inputBytes,
      long openingBytes,
      long offlineNanos,
      long onlineNanos) {}

  /** Party 1, with the user's encoded input. */
  public Outcome runWithUser(List<RingTensor> encoded, IntConsumer progress) throws IOException {
    keys.verify(Role.PARTY_1, program, id, session);
    MaskedWeightsTransfer.Received weights =
        MaskedWeightsTransfer.receive(
            channel, keys.maskedWeights(id), WeightsCodec.encodedBytes(program));
    PartyModel model = model(Role.PARTY_1, decode(weights.bytes()));
    try (KeyFiles.Source common = keys.openCommon(session);
        KeyFiles.Source own = keys.openOwn(Role.PARTY_1, session)) {
      long start = System.nanoTime();
      PartySession party = new PartySession(model, new PartyKeys(model, common, own));
      party.prepare();
      long prepared = System.nanoTime();
      User user = new User(program, id, keys.userSeeds(session));
      MaskedInput input = user.mask(encoded);
      byte[] upload = input.encode(program);
      try (SessionRecord record = claim(Role.PARTY_1, upload, weights.hash())) {
        Channel recorded = new RecordedChannel(channel, record);
        recorded.send(upload);
        long before = channel.bytesSent() + channel.bytesReceived();
        RoundMessage share1 = PartyRunner.run(party, input, recorded, progress);
        int length = share1.payload().length + RoundMessage.OVERHEAD;
        RoundMessage share0 = RoundMessage.decode(recorded.receive(length));
        List<RingTensor> outputs = user.unmask(share0, share1);
        long done = System.nanoTime();
        long openings = channel.bytesSent() + channel.bytesReceived() - before + length;
        keys.erase(Role.PARTY_1, session);
        record.end();
        return new Outcome(outputs, upload.length, openings, prepared - start, done - prepared);
      }
    }
  }

  private SessionRecord claim(Role role, byte[] upload, byte[] weightsHash) throws IOException {
    int rounds = Schedule.of(program).rounds();
    return keys.claim(
        role, session, new SessionRecord.Claim(Sha256.of(upload), weightsHash, rounds));
  }

  private PartyModel model(Role role, List<RingTensor> masked) throws IOException {
    return PartyModel.of(
        program, id, role, new PartyWeights(program, role, masked, keys.partySeed(role, id)));
  }

  private long inputBytes() {
    long packed =
        program.inputs().stream()
            .mapToLong(input -> input.wire().width().packedBytes(input.wire().count()))
            .sum();
    return packed + 256;
  }

  private byte[] encode(List<RingTensor> masked) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WeightsCodec.write(bytes, WeightsCodec.Kind.MASKED, program, id, masked);
    return bytes.toByteArray();
  }

  private List<RingTensor> decode(byte[] weights) throws IOException {
    return WeightsCodec.read(
        new ByteArrayInputStream(weights), WeightsCodec.Kind.MASKED, program, id);
  }
}
