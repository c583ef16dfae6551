package io.maskwire.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 7, 5", "65, 63, 513", "130, 71, 9", "64, 128, 512"})
  void multiply_anyShape_equalsTheSumOfProducts(int rows, int depth, int columns) {
    float[][] a = random(rows, depth, 1);
    float[][] b = random(depth, columns, 2);

    float[][] product = Matrix.multiply(a, b);

    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double expected = 0;
        for (int k = 0; k < depth; k++) {
          expected += (double) a[i][k] * b[k][j];
        }
        assertThat((double) product[i][j]).isEqualTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void gram_moreRowsThanABlock_equalsTheProductWithTheTranspose() {
    float[][] a = random(150, 33, 3);

    assertThat(Matrix.gram(a)).isDeepEqualTo(Matrix.multiply(a, Matrix.transpose(a)));
  }

  @Test
  void multiply_differentDepths_isRefused() {
    assertThatThrownBy(() -> Matrix.multiply(new float[2][3], new float[4][5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shapes differ: [2, 3] and [4, 5]");
  }

  private static float[][] random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = SmoothField.bell(random);
      }
    }
    return values;
  }
}
