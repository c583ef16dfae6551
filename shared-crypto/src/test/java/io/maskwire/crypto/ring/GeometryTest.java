package io.maskwire.crypto.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.Convolution.Channels;
import io.maskwire.crypto.ring.Convolution.Extent;
import io.maskwire.crypto.ring.Convolution.Window;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Shapes and maps refuse lengths that make no sense or more elements than an array holds. */
class GeometryTest {
  private static final int MOST = Integer.MAX_VALUE;
  private static final Extent ONE = new Extent(1, 1, 1);
  private static final Extent NONE = new Extent(0, 0, 0);
  private static final Window PLAIN = new Window(ONE, ONE, NONE, NONE);
  private static final Channels SINGLE = new Channels(1, 1, 1, 1);

  @Test
  void elements_ofShapes_areProducts() {
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of(3, 4, 5).elements()).isEqualTo(60);
    assertThat(Shape.of(3, 0, 5).elements()).isZero();
    assertThat(Shape.of(3, 4, 5).strides()).containsExactly(20, 5, 1);
    assertThat(Shape.of(3, 4, 5).dimension(-1)).isEqualTo(5);
    assertThat(Shape.of(MOST - 64).elements()).isEqualTo(MOST - 64);
  }

  @Test
  void shape_negativeOrTooLarge_isRefused() {
    assertRefused(() -> Shape.of(3, -1), "[3, -1]");
    assertRefused(() -> Shape.of(MOST - 63), "2147483584");
    assertRefused(() -> Shape.of(1 << 16, 1 << 16), "[65536, 65536]");
    assertRefused(() -> Shape.of(MOST, MOST, MOST, MOST), "more elements");
  }

  @Test
  void dense_notPositiveOrTooLarge_isRefused() {
    assertRefused(() -> new Dense(0, 2, 3), "0 x 2 -> 3");
    assertRefused(() -> new Dense(1 << 16, 1 << 16, 1), "a dense input");
    assertRefused(() -> new Dense(1 << 16, 1, 1 << 16), "a dense output");
    assertRefused(() -> new Dense(1, 1 << 16, 1 << 16), "dense weights");
  }

  @Test
  void scaling_noWholeNumberOfRuns_isRefused() {
    assertRefused(() -> new Scaling(7, 2, 3), "count 7, channels 2, inner 3");
    assertRefused(() -> new Scaling(0, 1, 1), "count 0");
    assertThat(new Scaling(MOST, 2, MOST).outputCount()).isEqualTo(MOST);
  }

  @Test
  void channels_notPositiveOrNotDivisible_areRefused() {
    assertRefused(() -> new Channels(1, 0, 2, 1), "input 0");
    assertRefused(() -> new Channels(1, 3, 4, 2), "3 input and 4 output channels");
  }

  @Test
  void window_zeroStrideOrCropping_isRefused() {
    assertRefused(() -> new Window(new Extent(1, 0, 1), ONE, NONE, NONE), "height=0");
    assertRefused(() -> new Window(ONE, new Extent(1, 1, -3), NONE, NONE), "width=-3");
    assertRefused(() -> new Window(ONE, ONE, new Extent(0, -2, 0), NONE), "height=-2");
    assertRefused(() -> new Window(ONE, ONE, NONE, new Extent(0, 0, -2)), "does not crop");
  }

  @Test
  void convolution_kernelLargerThanPaddedInput_isRefused() {
    assertRefused(
        () -> new Convolution(SINGLE, new Extent(1, 1, 4), new Extent(1, 1, 5), PLAIN),
        "does not fit");
    var padded = new Window(ONE, ONE, NONE, new Extent(0, 0, 1));
    var fitting = new Convolution(SINGLE, new Extent(1, 1, 4), new Extent(1, 1, 5), padded);
    assertThat(fitting.outputCount()).isEqualTo(1);
  }

  @Test
  void convolution_emptyInputOrKernel_isRefused() {
    assertRefused(() -> new Convolution(SINGLE, NONE, ONE, PLAIN), "positive lengths");
    assertRefused(() -> new Convolution(SINGLE, ONE, NONE, PLAIN), "positive lengths");
  }

  /** Lengths whose sums or products pass 2^31 must not come out small and positive. */
  @Test
  void convolution_lengthsThatOverflow_areRefused() {
    var farApart = new Window(ONE, new Extent(1, 1, MOST), NONE, NONE);
    assertRefused(
        () -> new Convolution(SINGLE, new Extent(1, 1, 9), new Extent(1, 1, 4), farApart),
        "does not fit");
    var padded = new Window(ONE, ONE, new Extent(0, 0, MOST), new Extent(0, 0, MOST));
    assertRefused(() -> new Convolution(SINGLE, new Extent(1, 1, 4), ONE, padded), "too long");
    assertRefused(
        () -> new Convolution(new Channels(1, 1 << 16, 1 << 16, 1), ONE, ONE, PLAIN), "a kernel");
    assertRefused(
        () -> new Convolution(new Channels(1 << 16, 1 << 16, 1, 1), ONE, ONE, PLAIN), "an input");
    assertRefused(
        () -> new Convolution(new Channels(1 << 16, 1, 1 << 16, 1), ONE, ONE, PLAIN), "an output");
  }

  @Test
  void extent_lengths_fillFromTheRight() {
    assertThat(Extent.of(1, 5)).isEqualTo(new Extent(1, 1, 5));
    assertThat(Extent.of(0, 4, 5)).isEqualTo(new Extent(0, 4, 5));
    assertThat(Extent.of(9, 3, 4, 5)).isEqualTo(new Extent(3, 4, 5));
    assertRefused(() -> Extent.of(1, 2, 3, 4, 5), "[2, 3, 4, 5]");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
