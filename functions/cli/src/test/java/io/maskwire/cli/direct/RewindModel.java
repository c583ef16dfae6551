package io.maskwire.cli.direct;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import java.util.List;
import java.util.Optional;

/** A layer with weights and two activations: a few rounds, and done in a moment. */
final class RewindModel {
  private static final Shape INPUTS = Shape.of(1, 3);
  private static final Shape OUTPUTS = Shape.of(1, 4);
  private static final Dense LAYER = new Dense(1, 3, 4);

  private final Program program = build();

  private static Program build() {
    Wire.Masked x = new Wire.Masked(0, 3, BitWidth.of(20));
    Wire.Shared layer = new Wire.Shared(1, 4, BitWidth.of(20));
    Wire.Masked opened = new Wire.Masked(2, 4, BitWidth.of(20));
    Wire.Shared activated = new Wire.Shared(3, 4, BitWidth.of(16));
    Wire.Masked between = new Wire.Masked(4, 4, BitWidth.of(16));
    Wire.Shared y = new Wire.Shared(5, 4, BitWidth.of(14));
    return new Program(
        "rewind",
        "1",
        Program.Reveal.USER,
        List.of(new Program.Input("x", INPUTS, 0, 1000, x)),
        List.of(new WeightTensor("w", LAYER.weightCount(), BitWidth.of(20), 0)),
        List.of(
            new Program.Step("layer", new Gate.Linear(x, LAYER, 0, Optional.empty(), layer)),
            new Program.Step("open", new Gate.Open(layer, opened)),
            new Program.Step(
                "relu",
                new Gate.ReluTruncate(opened, new Truncation(BitWidth.of(16), 4, true), activated)),
            new Program.Step("open again", new Gate.Open(activated, between)),
            new Program.Step(
                "relu again",
                new Gate.ReluTruncate(between, new Truncation(BitWidth.of(14), 2, true), y))),
        List.of(new Program.Output("y", OUTPUTS, 0, Program.Finish.NONE, 0, y)));
  }

  Program program() {
    return program;
  }

  ProgramId id() {
    return ProgramCodec.idOf(program);
  }

  int rounds() {
    return Schedule.of(program).rounds();
  }

  List<RingTensor> weights() {
    long[] values = new long[LAYER.weightCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 5L * i % 13 - 6;
    }
    return List.of(RingTensor.takeOwnershipOf(values));
  }

  List<RingTensor> input() {
    return List.of(RingTensor.copyOf(INPUTS, 700, -300, 45));
  }
}
