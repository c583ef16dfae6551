package io.maskwire.exchange.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SessionId SESSION = new SessionId(new byte[16]);
  private static final SessionId OTHER =
      new SessionId("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  private static final byte[] MESSAGE = "masked".getBytes(StandardCharsets.UTF_8);

  private final KeyPair zero = SealKeys.generate(RANDOM);
  private final KeyPair one = SealKeys.generate(RANDOM);
  private final KeyPair stranger = SealKeys.generate(RANDOM);

  private static ECPublicKey pub(KeyPair pair) {
    return (ECPublicKey) pair.getPublic();
  }

  private byte[] seal() {
    return Envelope.seal(Purpose.input(SESSION), MESSAGE, List.of(pub(zero), pub(one)), RANDOM);
  }

  @Test
  void open_eachReceiver_readsTheMessage() {
    byte[] sealed = seal();

    assertThat(Envelope.open(Purpose.input(SESSION), sealed, 0, zero)).isEqualTo(MESSAGE);
    assertThat(Envelope.open(Purpose.input(SESSION), sealed, 1, one)).isEqualTo(MESSAGE);
  }

  @Test
  void seal_twice_nothingRepeats() {
    byte[] first = seal();
    byte[] second = seal();

    assertThat(first).hasSameSizeAs(second);
    int fixed = 7;
    assertThat(new String(first, fixed, first.length - fixed, StandardCharsets.ISO_8859_1))
        .isNotEqualTo(
            new String(second, fixed, second.length - fixed, StandardCharsets.ISO_8859_1));
  }

  @Test
  void overhead_oneReceiverOrTwo_isWhatSealingAdds() {
    for (List<ECPublicKey> receivers : List.of(List.of(pub(zero)), List.of(pub(zero), pub(one)))) {
      byte[] sealed = Envelope.seal(Purpose.input(SESSION), MESSAGE, receivers, RANDOM);

      assertThat(sealed).hasSize(MESSAGE.length + Envelope.overhead(receivers.size()));
    }
  }

  @Test
  void open_strangerOtherIndexOrOtherPurpose_isRefused() {
    byte[] sealed = seal();

    assertThatThrownBy(() -> Envelope.open(Purpose.input(SESSION), sealed, 0, stranger))
        .isInstanceOf(SealException.class);
    assertThatThrownBy(() -> Envelope.open(Purpose.input(SESSION), sealed, 0, one))
        .isInstanceOf(SealException.class);
    assertThatThrownBy(() -> Envelope.open(Purpose.input(OTHER), sealed, 0, zero))
        .isInstanceOf(SealException.class);
    assertThatThrownBy(() -> Envelope.open(Purpose.input(SESSION), sealed, 2, zero))
        .isInstanceOf(SealException.class);
  }

  @Test
  void open_anyByteChangedOrCutAnywhere_isRefused() {
    byte[] sealed = seal();

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> Envelope.open(Purpose.input(SESSION), changed, 0, zero))
          .as("byte %d", i)
          .isInstanceOf(SealException.class);
      byte[] cut = java.util.Arrays.copyOf(sealed, i);
      assertThatThrownBy(() -> Envelope.open(Purpose.input(SESSION), cut, 0, zero))
          .as("cut at %d", i)
          .isInstanceOf(SealException.class);
    }
  }

  @Test
  void pair_bothSides_agree() {
    PairSeal sideZero = new PairSeal(zero.getPrivate(), pub(one), RANDOM);
    PairSeal sideOne = new PairSeal(one.getPrivate(), pub(zero), RANDOM);

    byte[] sealed = sideZero.seal(SESSION, Role.PARTY_0, 3, MESSAGE);

    assertThat(sealed).hasSize(MESSAGE.length + PairSeal.OVERHEAD);
    assertThat(sideOne.open(SESSION, Role.PARTY_0, 3, sealed)).isEqualTo(MESSAGE);
  }

  @Test
  void pair_otherSessionRoundDirectionOrPeer_isRefused() {
    PairSeal sideZero = new PairSeal(zero.getPrivate(), pub(one), RANDOM);
    PairSeal sideOne = new PairSeal(one.getPrivate(), pub(zero), RANDOM);
    PairSeal strange = new PairSeal(stranger.getPrivate(), pub(one), RANDOM);
    byte[] sealed = sideZero.seal(SESSION, Role.PARTY_0, 3, MESSAGE);

    assertRefused(sideOne, OTHER, Role.PARTY_0, 3, sealed);
    assertRefused(sideOne, SESSION, Role.PARTY_0, 4, sealed);
    assertRefused(sideOne, SESSION, Role.PARTY_1, 3, sealed);
    assertRefused(
        sideOne, SESSION, Role.PARTY_0, 3, strange.seal(SESSION, Role.PARTY_0, 3, MESSAGE));
  }

  private static void assertRefused(
      PairSeal side, SessionId session, Role sender, int round, byte[] sealed) {
    assertThatThrownBy(() -> side.open(session, sender, round, sealed))
        .isInstanceOf(SealException.class);
  }

  @Test
  void decode_encodedKey_isTheKey() {
    byte[] point = SealKeys.encode(zero.getPublic());

    assertThat(point).hasSize(SealKeys.POINT_BYTES);
    assertThat(SealKeys.decode(point).getW()).isEqualTo(pub(zero).getW());
  }

  @Test
  void decode_pointOffTheCurve_isRefused() {
    byte[] point = SealKeys.encode(zero.getPublic());
    point[SealKeys.POINT_BYTES - 1] ^= 1;

    assertThatIllegalArgumentException().isThrownBy(() -> SealKeys.decode(point));
    assertThatIllegalArgumentException().isThrownBy(() -> SealKeys.decode(new byte[65]));
    assertThatIllegalArgumentException().isThrownBy(() -> SealKeys.decode(new byte[33]));
  }
}
