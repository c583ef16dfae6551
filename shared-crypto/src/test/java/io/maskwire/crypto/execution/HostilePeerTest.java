package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Whatever a peer or a user sends, a session refuses it with its reason or goes on. */
class HostilePeerTest {
  private final InProcess run =
      new InProcess(EveryGate.program(), EveryGate.weights(), new SplittableRandom(1));
  private final InProcess.Keys keys = run.deal();
  private final MaskedInput input =
      new User(run.program, run.id, keys.seeds()).mask(EveryGate.input(3, -4));
  private final PartySession session0 = run.session(Role.PARTY_0, keys);
  private final PartySession session1 = run.session(Role.PARTY_1, keys);

  @Test
  void advance_anyOtherLength_isRefusedAndTheRightMessageStillWorks() {
    RoundMessage zero = session0.begin(input);
    RoundMessage one = session1.begin(input);
    while (!session0.finished()) {
      int length = one.payload().length;
      for (int wrong : new int[] {0, length - 1, length + 1, 2 * length, 1 << 20}) {
        RoundMessage bad = withPayload(one, Arrays.copyOf(one.payload(), wrong));
        assertRefused(ErrorCode.MALFORMED, () -> session0.advance(bad));
      }
      RoundMessage next = session0.advance(one);
      one = session1.advance(zero);
      zero = next;
    }
    List<RingTensor> result = new User(run.program, run.id, keys.seeds()).unmask(zero, one);
    List<RingTensor> expected =
        Plaintext.evaluate(run.program, run.weights, EveryGate.input(3, -4));
    assertThat(result.getFirst().values()).isEqualTo(expected.getFirst().values());
  }

  /** Openings are any values: a lie gives a wrong result, which this protocol does not detect. */
  @Test
  void advance_anyPayloadOfTheRightLength_isTaken() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PartySession session = run.session(Role.of(seed % 2), keys);
      RoundMessage own = session.begin(input);
      while (!session.finished()) {
        byte[] noise = new byte[own.payload().length];
        random.nextBytes(noise);
        RoundMessage lie =
            new RoundMessage(
                own.role().other(), own.round(), own.session(), own.transcript(), noise);
        own = session.advance(lie);
      }
    }
  }

  @Test
  void advance_mutatedMessages_areRefusedOrTaken() {
    for (int seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PartySession session = run.session(Role.PARTY_0, keys);
      session.begin(input);
      byte[] bytes = run.session(Role.PARTY_1, keys).begin(input).encode();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, bytes.length + random.nextInt(-2, 3));
      try {
        session.advance(RoundMessage.decode(random.nextBoolean() ? bytes : cut));
      } catch (ProtocolException refused) {
        assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
      }
    }
  }

  @Test
  void advance_messageOfOtherRoundSessionOrTranscript_isRefused() {
    session0.begin(input);
    RoundMessage good = session1.begin(input);
    assertRefused(ErrorCode.WRONG_TRANSCRIPT, () -> session0.advance(at(good, 1)));
    assertRefused(ErrorCode.WRONG_TRANSCRIPT, () -> session0.advance(at(good, -1)));
    assertRefused(
        ErrorCode.WRONG_SESSION,
        () ->
            session0.advance(
                new RoundMessage(
                    good.role(),
                    0,
                    new SessionId(new byte[16]),
                    good.transcript(),
                    good.payload())));
    assertRefused(
        ErrorCode.WRONG_TRANSCRIPT,
        () ->
            session0.advance(
                new RoundMessage(good.role(), 0, good.session(), new byte[32], good.payload())));
    assertThatCode(() -> session0.advance(good)).doesNotThrowAnyException();
    assertRefused(ErrorCode.WRONG_TRANSCRIPT, () -> session0.advance(good));
  }

  @Test
  void begin_inputOfOtherProgram_isRefused() {
    var stranger = new MaskedInput(new ProgramId(new byte[32]), input.session(), input.values());
    assertRefused(ErrorCode.WRONG_PROGRAM, () -> session0.begin(stranger));
  }

  @Test
  void mask_inputOutsideOfItsBound_isRefused() {
    User user = new User(run.program, run.id, keys.seeds());
    for (long bad : new long[] {16, -16, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> user.mask(EveryGate.input(0, bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("element 1 of input 'x'");
    }
    assertThatThrownBy(() -> user.mask(List.of(RingTensor.copyOf(Shape.of(2), 1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shape [2], the model takes [1, 1, 2]");
  }

  @Test
  void user_otherNumberOfMasks_isRefused() {
    MaskSeeds seeds = keys.seeds();
    var inputs = new MaskSeeds(seeds.program(), seeds.session(), List.of(), seeds.outputs());
    assertRefused(ErrorCode.MALFORMED, () -> new User(run.program, run.id, inputs));
    var outputs = new MaskSeeds(seeds.program(), seeds.session(), seeds.inputs(), seeds.inputs());
    assertRefused(ErrorCode.MALFORMED, () -> new User(run.program, run.id, outputs));
    var other =
        new MaskSeeds(
            new ProgramId(new byte[32]), seeds.session(), seeds.inputs(), seeds.outputs());
    assertRefused(ErrorCode.WRONG_PROGRAM, () -> new User(run.program, run.id, other));
    var hidden = new MaskSeeds(seeds.program(), seeds.session(), seeds.inputs(), List.of());
    InProcess.Run messages = run.run(keys, EveryGate.input(3, -4));
    assertRefused(
        ErrorCode.WRONG_ROLE,
        () ->
            new User(run.program, run.id, hidden)
                .unmask(messages.zero().getLast(), messages.one().getLast()));
  }

  @Test
  void unmask_sharesOfOtherLengthOrTranscript_areRefused() {
    InProcess.Run messages = run.run(keys, EveryGate.input(3, -4));
    RoundMessage zero = messages.zero().getLast();
    RoundMessage one = messages.one().getLast();
    User user = new User(run.program, run.id, keys.seeds());
    for (int length : new int[] {0, one.payload().length - 1, one.payload().length + 1}) {
      RoundMessage bad = withPayload(one, Arrays.copyOf(one.payload(), length));
      assertRefused(ErrorCode.MALFORMED, () -> user.unmask(zero, bad));
    }
    assertRefused(ErrorCode.WRONG_SESSION, () -> user.unmask(one, zero));
    var other =
        new RoundMessage(one.role(), one.round(), one.session(), new byte[32], one.payload());
    assertRefused(ErrorCode.WRONG_TRANSCRIPT, () -> user.unmask(zero, other));
  }

  private static RoundMessage withPayload(RoundMessage message, byte[] payload) {
    return new RoundMessage(
        message.role(), message.round(), message.session(), message.transcript(), payload);
  }

  private static RoundMessage at(RoundMessage message, int round) {
    return new RoundMessage(
        message.role(), round, message.session(), message.transcript(), message.payload());
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
