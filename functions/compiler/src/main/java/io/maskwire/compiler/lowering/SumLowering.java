package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Wire;
import java.util.ArrayList;
import java.util.List;

/** Sums of secrets, whose scales are made equal by public factors; local. */
final class SumLowering {
  private final Emitter emitter;

  SumLowering(Emitter emitter) {
    this.emitter = emitter;
  }

  Operand sum(String node, List<Operand> values, List<Integer> signs) {
    List<Operand> operands = new ArrayList<>();
    int scale = 0;
    for (Operand value : values) {
      Operand operand = emitter.preferMasked(emitter.settle(value));
      operands.add(operand);
      scale = Math.max(scale, operand.scale());
    }
    List<Gate.Combine.Term> terms = new ArrayList<>();
    Range interval = Range.proven(0, 0);
    double typical = 1;
    boolean masked = true;
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      long coefficient = signs.get(i) * (1L << (scale - operand.scale()));
      terms.add(new Gate.Combine.Term(operand.wire(), coefficient));
      interval = interval.plus(operand.range().times(coefficient));
      typical = Math.max(typical, operand.typical());
      masked &= operand.wire() instanceof Wire.Masked;
    }
    int count = operands.getFirst().count();
    Wire output = masked ? emitter.masked(count) : emitter.shared(count);
    emitter.add(node, new Gate.Combine(terms, 0, output));
    return new Operand(node, output, scale, 1, emitter.refine(output, scale, interval), typical);
  }
}
