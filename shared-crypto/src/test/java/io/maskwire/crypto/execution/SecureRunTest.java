package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.KeyHeader;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SecureRunTest {
  private static final int PROGRAMS = 1500;

  @Test
  void infer_randomPrograms_equalsPlaintextInEveryBit() {
    for (int seed = 0; seed < PROGRAMS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomProgram generated = new RandomProgram(random, 1 + random.nextInt(14));
      Program program = generated.program();
      InProcess run = new InProcess(program, generated.weights(), random);
      for (int i = 0; i < 2; i++) {
        List<RingTensor> inputs = List.of(generated.randomInput());
        List<RingTensor> expected = Plaintext.evaluate(program, generated.weights(), inputs);
        List<RingTensor> actual = run.infer(inputs);
        assertThat(actual.getFirst().values())
            .as("seed %d: %s", seed, program.steps())
            .isEqualTo(expected.getFirst().values());
      }
    }
  }

  @Test
  void decode_randomPrograms_giveTheProgramBack() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Program program = new RandomProgram(random, 10).program();
      byte[] encoded = ProgramCodec.encode(program);
      assertThat(ProgramCodec.decode(encoded)).as("seed %d", seed).isEqualTo(program);
    }
  }

  @Test
  void deal_anyProgram_writesWhatThePlanSays() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomProgram generated = new RandomProgram(random, 10);
      Program program = generated.program();
      var keys = new InProcess(program, generated.weights(), random).deal();
      KeyPlan plan = new KeyPlan(program);
      assertThat(keys.common()).hasSize((int) plan.commonBytes());
      assertThat(keys.party0()).hasSize((int) plan.party0Bytes());
      assertThat(keys.party1()).hasSize((int) plan.party1Bytes());
    }
  }

  @Test
  void run_sameKeysAndInput_givesSameBytes() {
    RandomProgram generated = new RandomProgram(new SplittableRandom(3), 12);
    InProcess run =
        new InProcess(generated.program(), generated.weights(), new SplittableRandom(4));
    var keys = run.deal();
    List<RingTensor> inputs = List.of(generated.randomInput());
    var first = run.run(keys, inputs);
    var second = run.run(keys, inputs);
    for (int i = 0; i < first.zero().size(); i++) {
      assertThat(second.zero().get(i).encode()).isEqualTo(first.zero().get(i).encode());
      assertThat(second.one().get(i).encode()).isEqualTo(first.one().get(i).encode());
    }
  }

  @Test
  void deal_twice_nothingRepeats() {
    RandomProgram generated = new RandomProgram(new SplittableRandom(3), 12);
    InProcess run =
        new InProcess(generated.program(), generated.weights(), new SplittableRandom(4));
    List<RingTensor> inputs = List.of(generated.randomInput());
    var first = run.deal();
    var second = run.deal();
    assertThat(first.seeds().session()).isNotEqualTo(second.seeds().session());
    assertThat(first.seeds().inputs()).isNotEqualTo(second.seeds().inputs());
    assertThat(first.seeds().outputs()).isNotEqualTo(second.seeds().outputs());
    assertThat(run.run(first, inputs).input().values().getFirst().values())
        .isNotEqualTo(run.run(second, inputs).input().values().getFirst().values());
  }

  @Test
  void begin_twice_isRefused() {
    Fixture fixture = new Fixture();
    PartySession session = fixture.run.session(Role.PARTY_0, fixture.keys);
    var input = fixture.user().mask(fixture.inputs);
    session.begin(input);
    assertThatThrownBy(() -> session.begin(input))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one input only");
  }

  @Test
  void begin_inputOfOtherSession_isRefused() {
    Fixture fixture = new Fixture();
    var other = fixture.run.deal();
    var input = new User(fixture.run.program, fixture.run.id, other.seeds()).mask(fixture.inputs);
    assertRefused(
        ErrorCode.WRONG_SESSION,
        () -> fixture.run.session(Role.PARTY_0, fixture.keys).begin(input));
  }

  @Test
  void advance_messageOnOtherInput_isRefused() {
    Fixture fixture = new Fixture();
    PartySession session0 = fixture.run.session(Role.PARTY_0, fixture.keys);
    PartySession session1 = fixture.run.session(Role.PARTY_1, fixture.keys);
    session0.begin(fixture.user().mask(fixture.inputs));
    long[] changed = fixture.inputs.getFirst().values().clone();
    changed[0] = changed[0] == 0 ? 1 : 0;
    var other = RingTensor.copyOf(fixture.inputs.getFirst().shape(), changed);
    RoundMessage message = session1.begin(fixture.user().mask(List.of(other)));
    assertRefused(ErrorCode.WRONG_TRANSCRIPT, () -> session0.advance(message));
  }

  @Test
  void advance_ownRole_isRefused() {
    Fixture fixture = new Fixture();
    PartySession session0 = fixture.run.session(Role.PARTY_0, fixture.keys);
    RoundMessage own = session0.begin(fixture.user().mask(fixture.inputs));
    assertRefused(ErrorCode.WRONG_ROLE, () -> session0.advance(own));
  }

  @Test
  void open_keysCutAnywhere_areRefused() {
    Fixture fixture = new Fixture();
    byte[] common = fixture.keys.common();
    byte[] party1 = fixture.keys.party1();
    for (int length = 0; length < party1.length; length++) {
      byte[] cut = Arrays.copyOf(party1, length);
      assertRefused(ErrorCode.MALFORMED, () -> fixture.open(common, cut));
    }
    for (int length = 0; length < common.length; length += 7) {
      byte[] cut = Arrays.copyOf(common, length);
      assertRefused(ErrorCode.MALFORMED, () -> fixture.open(cut, party1));
    }
  }

  @Test
  void run_anyKeyByteChanged_isRefused() {
    Fixture fixture = new Fixture();
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 200; i++) {
      byte[] common = fixture.keys.common().clone();
      byte[] party1 = fixture.keys.party1().clone();
      byte[] damaged = random.nextBoolean() ? common : party1;
      // Byte 7 of the header is reserved; everything else is under a checksum.
      int at = random.nextInt(KeyHeader.BYTES, damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      var keys = new InProcess.Keys(common, fixture.keys.party0(), party1, fixture.keys.seeds());
      assertThatThrownBy(() -> fixture.run.run(keys, fixture.inputs))
          .as("byte %d", at)
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void open_keysOfOtherRoleSessionOrProgram_areRefused() {
    Fixture fixture = new Fixture();
    var other = fixture.run.deal();
    assertRefused(
        ErrorCode.WRONG_ROLE, () -> fixture.open(fixture.keys.common(), fixture.keys.party0()));
    assertRefused(
        ErrorCode.WRONG_SESSION, () -> fixture.open(fixture.keys.common(), other.party1()));
    RandomProgram generated = new RandomProgram(new SplittableRandom(77), 8);
    InProcess stranger =
        new InProcess(generated.program(), generated.weights(), new SplittableRandom(5));
    assertRefused(
        ErrorCode.WRONG_PROGRAM,
        () -> fixture.open(stranger.deal().common(), fixture.keys.party1()));
  }

  @Test
  void wipe_keysOrSeeds_laterUseIsRefused() {
    RandomProgram generated = new RandomProgram(new SplittableRandom(77), 8);
    InProcess run =
        new InProcess(generated.program(), generated.weights(), new SplittableRandom(5));
    InProcess.Keys dealt = run.deal();
    var user = new User(run.program, run.id, dealt.seeds());
    MaskedInput masked = user.mask(List.of(generated.randomInput()));
    for (Role role : Role.values()) {
      PartyModel model = role == Role.PARTY_0 ? run.model0 : run.model1;
      byte[] own = role == Role.PARTY_0 ? dealt.party0() : dealt.party1();
      PartyKeys keys = new PartyKeys(model, KeySource.of(dealt.common()), KeySource.of(own));
      keys.wipe();
      assertThatThrownBy(() -> new PartySession(model, keys).begin(masked))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("wiped");
    }
    dealt.seeds().wipe();
    assertThatThrownBy(() -> user.mask(List.of(generated.randomInput())))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(dealt.seeds()::encode).isInstanceOf(IllegalStateException.class);
  }

  private static void assertRefused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  /** One program with one dealt session. */
  private static final class Fixture {
    final InProcess run;
    final InProcess.Keys keys;
    final List<RingTensor> inputs;

    Fixture() {
      RandomProgram generated = new RandomProgram(new SplittableRandom(3), 12);
      run = new InProcess(generated.program(), generated.weights(), new SplittableRandom(4));
      keys = run.deal();
      inputs = List.of(generated.randomInput());
    }

    User user() {
      return new User(run.program, run.id, keys.seeds());
    }

    PartyKeys open(byte[] common, byte[] party1) {
      return new PartyKeys(run.model1, KeySource.of(common), KeySource.of(party1));
    }
  }
}
