package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.RingTensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EveryGateTest {

  @Test
  void program_steps_haveEveryGate() {
    TreeSet<String> kinds = new TreeSet<>();
    EveryGate.program().steps().forEach(step -> kinds.add(step.gate().getClass().getSimpleName()));
    assertThat(kinds)
        .containsExactly(
            "Combine",
            "Constant",
            "Gather",
            "Linear",
            "Multiply",
            "Open",
            "PiecewiseLinear",
            "ReluTruncate",
            "Select",
            "Table",
            "Truncate");
  }

  @Test
  void infer_everyInput_equalsPlaintextInEveryBit() {
    Program program = EveryGate.program();
    InProcess run = new InProcess(program, EveryGate.weights(), new SplittableRandom(1));
    for (long first = -EveryGate.BOUND; first <= EveryGate.BOUND; first += 2) {
      for (long second = -EveryGate.BOUND; second <= EveryGate.BOUND; second += 3) {
        List<RingTensor> inputs = EveryGate.input(first, second);
        List<RingTensor> expected = Plaintext.evaluate(program, run.weights, inputs);
        List<RingTensor> actual = run.infer(inputs);
        for (int i = 0; i < expected.size(); i++) {
          assertThat(actual.get(i).values())
              .as("output %d of %d, %d", i, first, second)
              .isEqualTo(expected.get(i).values());
        }
      }
    }
  }
}
