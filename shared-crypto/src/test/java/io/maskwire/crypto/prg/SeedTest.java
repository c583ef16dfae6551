package io.maskwire.crypto.prg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.BitWidth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeedTest {
  private static final byte[] ROOT =
      HexFormat.of().parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");

  /** RFC 5869, A.1: what {@link #derive_anyPurpose_isHkdfExpand} compares with is HKDF. */
  @Test
  void expand_standardsKeyAndInfo_isTheStandardsOutput() throws GeneralSecurityException {
    byte[] info = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9");
    assertThat(HexFormat.of().formatHex(hkdfExpand(ROOT, info, 42)))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  /** RFC 5869, section 2.3, with info = "maskwire/1", purpose, node and part. */
  @ParameterizedTest
  @EnumSource(Label.Purpose.class)
  void derive_anyPurpose_isHkdfExpand(Label.Purpose purpose) throws GeneralSecurityException {
    Label label = new Label(purpose, 0x01020304, -2);
    byte[] info =
        ByteBuffer.allocate(22)
            .put("maskwire/1".getBytes(StandardCharsets.US_ASCII))
            .putInt(List.of(Label.Purpose.values()).indexOf(purpose) + 1)
            .putInt(0x01020304)
            .putInt(-2)
            .array();
    assertThat(Seed.copyOf(ROOT).derive(label).toBytes())
        .isEqualTo(hkdfExpand(ROOT, info, Seed.BYTES));
  }

  private static byte[] hkdfExpand(byte[] key, byte[] info, int length)
      throws GeneralSecurityException {
    var parameters = HKDFParameterSpec.expandOnly(new SecretKeySpec(key, "Generic"), info, length);
    return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
  }

  @Test
  void derive_differentLabels_giveDifferentSeeds() {
    Seed seed = Seed.copyOf(Arrays.copyOf(ROOT, Seed.BYTES));
    Set<String> derived = new HashSet<>();
    int labels = 0;
    for (Label.Purpose purpose : Label.Purpose.values()) {
      for (int node : new int[] {0, 1, 255, 256, 1 << 24, Integer.MAX_VALUE}) {
        for (int part : new int[] {0, 1, 255, 256}) {
          Seed child = seed.derive(new Label(purpose, node, part));
          derived.add(HexFormat.of().formatHex(child.toBytes()));
          labels++;
        }
      }
    }
    assertThat(derived).hasSize(labels);
  }

  @Test
  void wipe_anySeed_leavesZeros() {
    Seed seed = Seed.copyOf(ROOT);
    seed.wipe();
    seed.wipe();
    assertThat(seed.inMemory()).hasSize(ROOT.length).containsOnly(0);
  }

  @Test
  void wipe_anySeed_everyUseIsRefused() {
    for (byte[] bytes : List.of(ROOT, Arrays.copyOf(ROOT, Seed.BYTES))) {
      Seed seed = Seed.copyOf(bytes);
      seed.wipe();
      List<ThrowingCallable> uses =
          List.of(
              seed::toBytes,
              seed::expand,
              () -> seed.derive(new Label(Label.Purpose.VERSION, 0, 0)));
      assertThat(uses)
          .allSatisfy(
              use ->
                  assertThatThrownBy(use)
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessageContaining("wiped"));
    }
  }

  @Test
  void equals_wipedSeeds_areNotTheSame() {
    Seed one = Seed.copyOf(ROOT);
    Seed other = Seed.copyOf(ROOT);
    one.wipe();
    assertThat(one).isNotEqualTo(other).isNotEqualTo(Seed.copyOf(new byte[32]));
    other.wipe();
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void wipe_afterExpansion_leavesTheExpansionItsKey() {
    Seed seed = Seed.copyOf(Arrays.copyOf(ROOT, Seed.BYTES));
    Expansion expansion = seed.expand();
    long[] before = expansion.values(4, new BitWidth(32));
    seed.wipe();
    assertThat(expansion.values(4, new BitWidth(32))).containsExactly(before);
  }

  @Test
  void toString_anySeed_showsNoByte() {
    assertThat(Seed.copyOf(ROOT)).hasToString("Seed[32 bytes]");
    assertThat(Seed.copyOf(ROOT).hashCode()).isEqualTo(Seed.copyOf(new byte[32]).hashCode());
  }

  @Test
  void copyOf_otherLength_isRefused() {
    assertThatThrownBy(() -> Seed.copyOf(new byte[24]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 or 32 bytes, not 24");
  }

  @Test
  void copyOf_callersArrayChangesLater_seedDoesNot() {
    byte[] bytes = ROOT.clone();
    Seed seed = Seed.copyOf(bytes);
    bytes[0]++;
    seed.toBytes()[1]++;
    assertThat(seed).isEqualTo(Seed.copyOf(ROOT)).isNotEqualTo(Seed.copyOf(bytes));
  }
}
