package io.maskwire.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.cli.direct.TestCertificates;
import io.maskwire.cli.inference.RewoundException;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.input.Preprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mask never covers two inputs, whatever sessions a gateway opens. */
class RemoteInferenceTest {
  private static final Shape SHAPE = Shape.of(3);

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private final Program program = relu();
  private final ProgramId id = ProgramCodec.idOf(program);
  private FakeGateway gateway;
  private GatewayClient client;

  private static Program relu() {
    Wire.Masked x = new Wire.Masked(0, 3, BitWidth.of(20));
    Wire.Shared y = new Wire.Shared(1, 3, BitWidth.of(16));
    return new Program(
        "relu",
        "1",
        Program.Reveal.USER,
        List.of(new Program.Input("x", SHAPE, 0, 1000, x)),
        List.of(),
        List.of(
            new Program.Step(
                "relu", new Gate.ReluTruncate(x, new Truncation(BitWidth.of(16), 4, true), y))),
        List.of(new Program.Output("y", SHAPE, 4, Program.Finish.NONE, 0, y)));
  }

  @BeforeEach
  void start() throws IOException {
    TestCertificates authority = TestCertificates.in(folder);
    gateway =
        new FakeGateway(
            List.of(
                Files.readString(
                    authority.issue("party0", "-groupname", "secp256r1").certificate()),
                Files.readString(
                    authority.issue("party1", "-groupname", "secp256r1").certificate())));
    client = new GatewayClient(gateway.address(), Optional.empty());
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  /** As a process that has just started has it. */
  private RemoteInference process() {
    RemoteModel model =
        new RemoteModel(
            new ModelVersionName("relu", "0".repeat(32)),
            program,
            id,
            Preprocess.DEFAULT,
            List.of());
    return new RemoteInference(
        client, model, random, new UsedSessionsFile(folder.resolve("state"), Clock.systemUTC()));
  }

  private SessionId session() {
    byte[] bytes = new byte[SessionId.BYTES];
    random.nextBytes(bytes);
    return new SessionId(bytes);
  }

  private MaskSeeds seeds(SessionId session) {
    List<MaskSeeds.Pair> pair =
        List.of(new MaskSeeds.Pair(Seed.random(random), Seed.random(random)));
    return new MaskSeeds(id, session, pair, pair);
  }

  private static FloatTensor input(float first) {
    return FloatTensor.takeOwnershipOf(SHAPE, new float[] {first, 2, 3});
  }

  @Test
  void prepare_freshSession_masksForIt() throws IOException {
    SessionId session = session();
    gateway.offer(session, seeds(session));

    RemoteInference.Prepared prepared = process().prepare(input(1));

    assertThat(prepared.session().id()).isEqualTo(session.toString());
    assertThat(gateway.requests())
        .containsExactly(
            "POST /api/sessions", "GET /masks", "GET /api/sessions/" + session + "/events");
  }

  @Test
  void prepare_masksOfAnotherSession_isRefusedAndSendsNothing() {
    gateway.offer(session(), seeds(session()));

    assertThatThrownBy(() -> process().prepare(input(1)))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SESSION))
        .hasMessageContaining("nothing was sent");
    assertThat(gateway.requests()).containsExactly("POST /api/sessions", "GET /masks");
  }

  @Test
  void prepare_sessionOpenedAgain_isRefusedHereAndByTheNextProcess() throws IOException {
    SessionId session = session();
    gateway.offer(session, seeds(session));
    RemoteInference first = process();
    first.prepare(input(1));
    int before = gateway.requests().size();

    assertThatThrownBy(() -> first.prepare(input(2))).isInstanceOf(RewoundException.class);
    assertThatThrownBy(() -> process().prepare(input(2)))
        .isInstanceOf(RewoundException.class)
        .hasMessageContaining(session.toString());

    assertThat(gateway.requests().subList(before, gateway.requests().size()))
        .containsExactly("POST /api/sessions", "GET /masks", "POST /api/sessions", "GET /masks");
  }

  @Test
  void prepare_whatIsUsedCannotBeRemembered_isRefusedAndSendsNothing() throws IOException {
    SessionId session = session();
    gateway.offer(session, seeds(session));
    Files.writeString(folder.resolve("state"), "no folder");

    assertThatThrownBy(() -> process().prepare(input(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("XDG_STATE_HOME");
    assertThat(gateway.requests()).containsExactly("POST /api/sessions", "GET /masks");
  }
}
