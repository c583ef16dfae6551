package io.maskwire.dealer;

import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.exchange.ModelVersionName;
import java.util.List;
import java.util.Optional;

/**
 * A program with keys of all kinds: a linear layer of four inputs and three outputs, and a ReLU.
 */
final class TinyModel {
  private static final int INPUTS = 4;
  private static final int OUTPUTS = 3;

  final ModelVersionName name;
  final Program program;
  final ProgramId id;
  final List<RingTensor> weights =
      List.of(
          RingTensor.copyOf(Shape.of(INPUTS * OUTPUTS), 3, -1, 4, 1, -5, 9, 2, -6, 5, 3, -5, 8));

  TinyModel(String model, int version) {
    name = new ModelVersionName(model, "%032x".formatted(version));
    program = program(name);
    id = ProgramCodec.idOf(program);
  }

  private static Program program(ModelVersionName name) {
    BitWidth width = BitWidth.of(24);
    var x = new Wire.Masked(0, INPUTS, width);
    var y = new Wire.Shared(1, OUTPUTS, width);
    var opened = new Wire.Masked(2, OUTPUTS, width);
    var z = new Wire.Shared(3, OUTPUTS, width);
    var linear = new Gate.Linear(x, new Dense(1, INPUTS, OUTPUTS), 0, Optional.empty(), y);
    var relu = new Gate.ReluTruncate(opened, new Truncation(BitWidth.of(20), 4, true), z);
    return new Program(
        name.model(),
        name.version(),
        Program.Reveal.USER,
        List.of(new Program.Input("x", Shape.of(INPUTS), 4, 1000, x)),
        List.of(new WeightTensor("w", INPUTS * OUTPUTS, width, 4)),
        List.of(
            new Program.Step("linear", linear),
            new Program.Step("open", new Gate.Open(y, opened)),
            new Program.Step("relu", relu)),
        List.of(new Program.Output("z", Shape.of(OUTPUTS), 4, Program.Finish.NONE, 0, z)));
  }

  static List<RingTensor> input(long first) {
    return List.of(RingTensor.copyOf(Shape.of(INPUTS), first, 77, -45, 999));
  }

  List<RingTensor> expected(List<RingTensor> input) {
    return Plaintext.evaluate(program, weights, input);
  }
}
