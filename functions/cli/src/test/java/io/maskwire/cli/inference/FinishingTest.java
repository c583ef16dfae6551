package io.maskwire.cli.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinishingTest {
  private static final BitWidth WIDTH = BitWidth.of(32);
  private static final double LARGEST_ERROR = 1e-6;

  private static FloatTensor finish(Shape shape, Program.Finish finish, int axis, long... values) {
    Wire.Masked in = new Wire.Masked(0, shape.elements(), WIDTH);
    Wire.Shared out = new Wire.Shared(1, shape.elements(), WIDTH);
    Program program =
        new Program(
            "model",
            "version",
            Program.Reveal.USER,
            List.of(new Program.Input("x", shape, 0, 100, in)),
            List.of(),
            List.of(new Program.Step("square", new Gate.Multiply(in, in, out))),
            List.of(new Program.Output("y", shape, 0, finish, axis, out)));
    return Finishing.finish(program, List.of(RingTensor.takeOwnershipOf(shape, values))).getFirst();
  }

  @Test
  void finish_argMax_positionsInTheShapeOfTheStandard() {
    Shape shape = Shape.of(2, 2, 2);
    long[] values = {1, 6, 2, 0, 5, 2, 2, 9};
    FloatTensor kept = finish(shape, Program.Finish.ARG_MAX, 1, values);
    FloatTensor dropped = finish(shape, Program.Finish.ARG_MAX_DROPPED, 1, values);
    FloatTensor along = finish(shape, Program.Finish.ARG_MAX_DROPPED, 0, values);

    assertThat(kept.shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(kept.values()).containsExactly(1, 0, 0, 1);
    assertThat(dropped.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(dropped.values()).containsExactly(1, 0, 0, 1);
    assertThat(along.values()).as("the first of equals").containsExactly(1, 0, 0, 1);
  }

  @Test
  void finish_argMaxOfALine_isAScalar() {
    FloatTensor result = finish(Shape.of(3), Program.Finish.ARG_MAX_DROPPED, 0, 1, 7, 6);
    assertThat(result.shape()).isEqualTo(Shape.of());
    assertThat(result.values()).containsExactly(1);
  }

  @Test
  void finish_softmax_alongItsAxisAlone() {
    FloatTensor result = finish(Shape.of(2, 2), Program.Finish.SOFTMAX, 0, 0, 5, 0, 5);
    assertThat(result.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(result.values())
        .containsExactly(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, within(1e-6f));
  }

  @Test
  void finish_flatSoftmax_overTheAxisAndAllAfterIt() {
    FloatTensor result =
        finish(Shape.of(2, 2, 2), Program.Finish.FLAT_SOFTMAX, 1, 3, 3, 3, 3, 0, 0, 0, 0);
    FloatTensor logarithms = finish(Shape.of(2, 2), Program.Finish.FLAT_LOG_SOFTMAX, 0, 2, 2, 2, 2);

    assertThat(result.shape()).isEqualTo(Shape.of(2, 2, 2));
    for (float value : result.values()) {
      assertThat(value).isCloseTo(0.25f, within(1e-6f));
    }
    assertThat(logarithms.shape()).isEqualTo(Shape.of(2, 2));
    for (float value : logarithms.values()) {
      assertThat((double) value).isCloseTo(-Math.log(4), within(LARGEST_ERROR));
    }
  }

  @Test
  void finish_sigmoidOfAScalar_isAScalar() {
    FloatTensor result = finish(Shape.of(), Program.Finish.SIGMOID, 0, 0);
    assertThat(result.shape()).isEqualTo(Shape.of());
    assertThat(result.values()).containsExactly(0.5f);
  }
}
