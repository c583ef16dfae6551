package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.protocol.KeyLayout;
import io.maskwire.crypto.protocol.LinearLayer;
import io.maskwire.crypto.protocol.LocalTruncate;
import io.maskwire.crypto.protocol.Multiply;
import io.maskwire.crypto.protocol.PiecewiseLinear;
import io.maskwire.crypto.protocol.ReluTruncate;
import io.maskwire.crypto.protocol.Select;
import io.maskwire.crypto.protocol.TableLookup;
import io.maskwire.crypto.protocol.Truncate;
import java.util.List;

/** From gates of a program to the parameters and key layouts of the protocol. */
final class GateKeyLayouts {
  private static final KeyLayout NONE = new KeyLayout(List.of(), List.of());

  private GateKeyLayouts() {}

  static ReluTruncate.Parameters parameters(Gate.ReluTruncate gate) {
    return new ReluTruncate.Parameters(gate.truncation(), gate.output().width());
  }

  static Truncate.Parameters parameters(Gate.Truncate gate) {
    return new Truncate.Parameters(gate.truncation(), gate.output().width());
  }

  static PiecewiseLinear.Parameters parameters(Gate.PiecewiseLinear gate) {
    return new PiecewiseLinear.Parameters(
        gate.compareWidth(), gate.pieces(), gate.output().width());
  }

  static Select.Parameters parameters(Gate.Select gate) {
    return new Select.Parameters(
        gate.compareWidth(), gate.results().stream().map(Wire::width).toList());
  }

  static TableLookup.Parameters parameters(Gate.Table gate) {
    return new TableLookup.Parameters(gate.table().domain(), gate.output().width());
  }

  /** What the gate's keys consist of; empty for gates without keys. */
  static KeyLayout of(Gate gate) {
    return switch (gate) {
      case Gate.Combine _, Gate.Constant _, Gate.Gather _, Gate.Open _ -> NONE;
      case Gate.Linear g -> LinearLayer.layout(g.output().width());
      case Gate.Multiply g -> Multiply.layout(g.output().width());
      case Gate.PiecewiseLinear g -> PiecewiseLinear.layout(parameters(g));
      case Gate.ReluTruncate g -> ReluTruncate.layout(parameters(g));
      case Gate.Select g -> Select.layout(parameters(g));
      case Gate.Table g -> TableLookup.layout(parameters(g));
      case Gate.Truncate g ->
          switch (g.carry()) {
            case OPENED -> Truncate.layout(parameters(g));
            case SHARED -> LocalTruncate.layout(parameters(g));
          };
    };
  }

  /** Bits that each party opens for an element; 0 for gates that open none. */
  static int messageBits(Gate gate) {
    return switch (gate) {
      case Gate.PiecewiseLinear g -> g.pieces().size();
      case Gate.ReluTruncate g -> parameters(g).messageBits();
      case Gate.Truncate g -> parameters(g).messageBits();
      case Gate.Select _ -> 1;
      case Gate.Combine _,
          Gate.Constant _,
          Gate.Gather _,
          Gate.Linear _,
          Gate.Multiply _,
          Gate.Open _,
          Gate.Table _ ->
          0;
    };
  }
}
