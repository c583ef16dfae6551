package io.maskwire.crypto.ir;

import static io.maskwire.crypto.ir.Wires.masked;
import static io.maskwire.crypto.ir.Wires.shared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.ProgramCodec;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Programs that cannot run are refused by node, with what is there and what is needed. */
class ProgramTest {
  private final Wire.Masked x = masked(0, 4, 20);
  private final Wire.Shared y = shared(1, 4, 20);
  private final Program.Step product = step(new Gate.Multiply(x, x, y));

  private static Program.Step step(Gate gate) {
    return new Program.Step("node", gate);
  }

  private static Program.Output output(Wire.Shared wire) {
    return new Program.Output("y", Shape.of(wire.count()), 0, Program.Finish.NONE, 0, wire);
  }

  private Program program(
      List<WeightTensor> weights, List<Program.Step> steps, List<Program.Output> outputs) {
    var input = new Program.Input("x", Shape.of(4), 0, 10, x);
    return new Program("test", "1", Program.Reveal.USER, List.of(input), weights, steps, outputs);
  }

  @Test
  void steps_readUndefinedWires_areRefused() {
    var open = step(new Gate.Open(y, masked(2, 4, 20)));
    assertRefused(() -> program(List.of(), List.of(open, product), List.of()), "no earlier step");
    // Same number, another width: not the wire that was defined.
    var other = step(new Gate.Open(shared(1, 4, 30), masked(2, 4, 20)));
    assertRefused(() -> program(List.of(), List.of(product, other), List.of()), "30 bits");
  }

  @Test
  void steps_defineAWireTwice_areRefused() {
    assertRefused(
        () -> program(List.of(), List.of(product, product), List.of()), "wire 1 is defined twice");
    var overInput = step(new Gate.Open(y, masked(0, 4, 20)));
    assertRefused(
        () -> program(List.of(), List.of(product, overInput), List.of()),
        "wire 0 is defined twice");
  }

  /** An output's mask covers one value once. */
  @Test
  void outputs_undefinedOrPublishedTwice_areRefused() {
    assertRefused(() -> program(List.of(), List.of(), List.of(output(y))), "never computed");
    assertRefused(
        () -> program(List.of(), List.of(product), List.of(output(y), output(y))),
        "published twice");
  }

  @Test
  void weights_missingOrOther_areRefused() {
    var linear = step(new Gate.Linear(x, new Dense(1, 4, 4), 1, Optional.empty(), y));
    var tensor = new WeightTensor("w", 16, BitWidth.of(20), 3);
    assertRefused(() -> program(List.of(tensor), List.of(linear), List.of()), "uses weight 1 of 1");
    var small = new WeightTensor("small", 15, BitWidth.of(20), 3);
    assertRefused(
        () -> program(List.of(tensor, small), List.of(linear), List.of()),
        "needs 16 weights of 20 bits, 'small' has 15 of 20 bits");
    var narrow = new WeightTensor("narrow", 16, BitWidth.of(19), 3);
    assertRefused(
        () -> program(List.of(tensor, narrow), List.of(linear), List.of()), "has 16 of 19 bits");
    var constant = step(new Gate.Constant(0, masked(5, 17, 20)));
    assertRefused(() -> program(List.of(tensor), List.of(constant), List.of()), "needs 17 weights");
    assertRefused(() -> new WeightTensor("w", 0, BitWidth.of(20), 3), "'w' is empty");
  }

  @Test
  void shapes_notOfTheWire_areRefused() {
    assertRefused(
        () -> new Program.Input("x", Shape.of(3), 0, 10, x), "shape [3] and a wire of 4 elements");
    assertRefused(
        () -> new Program.Output("y", Shape.of(2, 2), 0, Program.Finish.SOFTMAX, 2, y),
        "has no axis 2");
  }

  @Test
  void resultShape_positions_loseTheirAxisOrKeepOne() {
    Wire.Shared wire = new Wire.Shared(9, 24, BitWidth.of(20));
    Shape shape = Shape.of(2, 3, 4);
    assertThat(resultShape(shape, Program.Finish.ARG_MAX, 1, wire)).isEqualTo(Shape.of(2, 1, 4));
    assertThat(resultShape(shape, Program.Finish.ARG_MAX_DROPPED, 1, wire))
        .isEqualTo(Shape.of(2, 4));
    assertThat(resultShape(Shape.of(24), Program.Finish.ARG_MAX_DROPPED, 0, wire))
        .isEqualTo(Shape.of());
    for (Program.Finish finish : Program.Finish.values()) {
      if (!finish.isPosition()) {
        assertThat(resultShape(shape, finish, 1, wire)).isEqualTo(shape);
      }
    }
  }

  private static Shape resultShape(Shape shape, Program.Finish finish, int axis, Wire.Shared wire) {
    return new Program.Output("y", shape, 0, finish, axis, wire).resultShape();
  }

  @Test
  void encode_everyFinish_decodesToTheSame() {
    for (Program.Finish finish : Program.Finish.values()) {
      Program program =
          new Program(
              "model",
              "version",
              Program.Reveal.USER,
              List.of(new Program.Input("x", Shape.of(2, 2), 0, 10, x)),
              List.of(),
              List.of(step(new Gate.Multiply(x, x, y))),
              List.of(new Program.Output("y", Shape.of(2, 2), 0, finish, 1, y)));
      assertThat(ProgramCodec.decode(ProgramCodec.encode(program))).isEqualTo(program);
    }
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
