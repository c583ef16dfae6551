package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.direct.DirectSession;
import io.maskwire.cli.inference.Finishing;
import io.maskwire.cli.inference.KeyFolder;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.compiler.CompiledFolder;
import io.maskwire.crypto.execution.InMemoryChannel;
import io.maskwire.crypto.execution.Owner;
import io.maskwire.crypto.execution.PartyKeys;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartySession;
import io.maskwire.crypto.execution.PartyWeights;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.WeightsCodec;
import io.maskwire.input.InputReader;
import io.maskwire.input.Preprocess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A compiled model as the two parties of the direct mode have it.
 *
 * @param owner the whole folder
 * @param user the public part of it
 */
record DirectModel(Path owner, Path user) {

  /** The session's result in this process, from a copy of its keys that is used up here. */
  List<Float> runInProcess(Path keys, String session, Path input) {
    KeyFolder folder = new KeyFolder(keys);
    try (InMemoryChannel.Pair channels = InMemoryChannel.pair(Duration.ofMinutes(1))) {
      CompletableFuture<Boolean> party0 =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  new DirectSession(program(), id(), sessionId(session), folder, channels.zero())
                      .runWithOwner(weights(), round -> {});
                  return true;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              task -> Thread.ofPlatform().daemon().start(task));
      DirectSession.Outcome outcome =
          new DirectSession(program(), id(), sessionId(session), folder, channels.one())
              .runWithUser(encode(input), round -> {});
      assertThat(party0.orTimeout(1, TimeUnit.MINUTES).join()).isTrue();
      float[] values = Finishing.finish(program(), outcome.outputs()).getFirst().values();
      return java.util.stream.IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Program program() {
    try {
      return CompiledFolder.readProgram(user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProgramId id() {
    return ProgramCodec.idOf(ProgramCodec.encode(program()));
  }

  static SessionId sessionId(String session) {
    return new SessionId(HexFormat.of().parseHex(session));
  }

  private List<RingTensor> weights() throws IOException {
    return CompiledFolder.read(owner).weights();
  }

  private List<RingTensor> encode(Path input) {
    Program program = program();
    return SecureInference.encode(
        program,
        List.of(InputReader.read(input, Preprocess.DEFAULT, program.inputs().getFirst().shape())));
  }

  /** What party 0 sends first: the masked weights. */
  byte[] maskedWeights(Path keys) throws IOException {
    List<RingTensor> masked =
        Owner.maskWeights(program(), weights(), new KeyFolder(keys).ownerSeeds(id()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WeightsCodec.write(bytes, WeightsCodec.Kind.MASKED, program(), id(), masked);
    return bytes.toByteArray();
  }

  /** Party 1 on {@code upload}, with the keys as dealt, and its first message. */
  record PartyOne(PartySession session, RoundMessage first) {}

  /** Party 1's side of a session, in this process, from a copy of its keys. */
  PartyOne partyOne(Path keys, String session, byte[] upload) throws IOException {
    KeyFolder folder = new KeyFolder(keys);
    List<RingTensor> masked = Owner.maskWeights(program(), weights(), folder.ownerSeeds(id()));
    PartyModel model =
        PartyModel.of(
            program(),
            id(),
            Role.PARTY_1,
            new PartyWeights(
                program(), Role.PARTY_1, masked, folder.partySeed(Role.PARTY_1, id())));
    PartySession party =
        new PartySession(
            model,
            new PartyKeys(
                model,
                folder.openCommon(sessionId(session)),
                folder.openOwn(Role.PARTY_1, sessionId(session))));
    return new PartyOne(party, party.begin(MaskedInput.decode(upload, program(), id())));
  }

  /** What party 1 sends first: the masked input. */
  byte[] maskedInput(Path keys, String session, Path input) throws IOException {
    User user = new User(program(), id(), new KeyFolder(keys).userSeeds(sessionId(session)));
    return user.mask(encode(input)).encode(program());
  }
}
