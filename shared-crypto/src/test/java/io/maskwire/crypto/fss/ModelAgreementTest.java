package io.maskwire.crypto.fss;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.vectors.VectorFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The half-tree agrees with the executable model of the protocol in every bit. */
class ModelAgreementTest {
  static List<VectorFile.Case> cases() {
    return VectorFile.read("dpf.txt");
  }

  @Test
  void cases_frozenFile_coversAllDepths() {
    assertThat(cases())
        .extracting(vector -> vector.number("m"))
        .containsExactly(1, 3, 7, 8, 12, 23, 31, 63);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void generateKeys_sameRootsAndSecrets_givesTheModelsCorrectionWords(VectorFile.Case vector) {
    TreeKeys keys = keys(vector);
    assertThat(keys.levels().toArray()).isEqualTo(vector.words("tree0.levels"));
    assertThat(keys.leaves()).isEqualTo(vector.words("tree0.leaves"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void evaluate_samePoints_givesTheModelsShares(VectorFile.Case vector) {
    TreeKeys keys = keys(vector);
    for (int row = 0; row < vector.number("rows"); row++) {
      long[] points = vector.words("points" + row);
      for (int party = 0; party < 2; party++) {
        long[] shares =
            parity(vector)
                .evaluate(hash(vector), party, keys, vector.words("roots" + party), points);
        assertThat(shares)
            .as("row %d, party %d", row, party)
            .isEqualTo(vector.words("bits" + row + "." + party));
      }
    }
  }

  private static TreeKeys keys(VectorFile.Case vector) {
    return parity(vector)
        .generateKeys(
            hash(vector), vector.words("alphas"), vector.words("roots0"), vector.words("roots1"));
  }

  private static PrefixParity parity(VectorFile.Case vector) {
    return new PrefixParity(BitWidth.of(vector.number("m")));
  }

  private static NodeHash hash(VectorFile.Case vector) {
    return ModelHash.of(vector.words("hashKey"));
  }
}
