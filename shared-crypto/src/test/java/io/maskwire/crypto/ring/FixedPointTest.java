package io.maskwire.crypto.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointTest {

  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "0.5,0,1",
    "-0.5,0,0",
    "1.5,0,2",
    "-1.5,0,-1",
    "-1.5000001,0,-2",
    "0.25,1,1",
    "-0.25,1,0",
    "3.14159,12,12868",
    "-3.14159,12,-12868",
    "1000,-3,125",
    "1e-40,12,0",
    // Adding a half in floating point would round these.
    "0.49999999999999994,0,0",
    "4503599627370497,0,4503599627370497",
    "-4503599627370497,0,-4503599627370497"
  })
  void encode_halves_roundUp(double value, int scale, long expected) {
    assertThat(FixedPoint.encode(value, scale)).isEqualTo(expected);
  }

  @Test
  void encode_randomValues_isFloorOfValuePlusAHalf() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-20, 30));
      int scale = random.nextInt(0, 30);
      BigDecimal exact =
          new BigDecimal(value)
              .multiply(BigDecimal.TWO.pow(scale))
              .add(new BigDecimal("0.5"))
              .setScale(0, RoundingMode.FLOOR);
      assertThat(FixedPoint.encode(value, scale))
          .as("%s with %d bits", value, scale)
          .isEqualTo(exact.longValueExact());
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE,
        0x1p62,
        -0x1p62
      })
  void encode_notFiniteOrTooLarge_isRefused(double value) {
    assertThatThrownBy(() -> FixedPoint.encode(value, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(value));
  }

  @Test
  void encode_tensorAtItsBound_isAccepted() {
    FloatTensor tensor = FloatTensor.copyOf(Shape.of(2), new float[] {2, -2});
    assertThat(FixedPoint.encode(tensor, 3, 16).values()).containsExactly(16, -16);
  }

  @Test
  void encode_tensorBeyondItsBound_namesElementAndBound() {
    for (float value : new float[] {2.125f, -2.125f}) {
      FloatTensor tensor = FloatTensor.copyOf(Shape.of(3), new float[] {0, value, 9});
      assertThatThrownBy(() -> FixedPoint.encode(tensor, 3, 16))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("element 1 is " + value)
          .hasMessageContaining("up to 2.0");
    }
  }

  @Test
  void encode_tensorWithNaN_isRefused() {
    FloatTensor tensor = FloatTensor.copyOf(Shape.of(1), new float[] {Float.NaN});
    assertThatThrownBy(() -> FixedPoint.encode(tensor, 3, 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void decode_encodedValues_givesThemBack() {
    RingTensor tensor = RingTensor.copyOf(Shape.of(3), 0xffL, 0x80L, 0x7fL);
    assertThat(FixedPoint.decode(tensor, 2, BitWidth.of(8)).values())
        .containsExactly(-0.25f, -32f, 31.75f);
    assertThat(FixedPoint.decode(-5, 1)).isEqualTo(-2.5);
  }
}
