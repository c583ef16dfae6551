package io.maskwire.crypto.ir;

import static io.maskwire.crypto.ir.Wires.masked;
import static io.maskwire.crypto.ir.Wires.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.execution.EveryGate;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final Wire.Masked x = masked(0, 4, 20);

  private Program program(Gate... gates) {
    List<Program.Step> steps = new ArrayList<>();
    for (Gate gate : gates) {
      steps.add(new Program.Step("step " + steps.size(), gate));
    }
    var input = new Program.Input("x", Shape.of(4), 0, 10, x);
    return new Program(
        "test", "1", Program.Reveal.USER, List.of(input), List.of(), steps, List.of());
  }

  private static List<List<Integer>> indices(Schedule schedule) {
    return schedule.groups().stream()
        .map(group -> group.stream().map(Schedule.Scheduled::index).toList())
        .toList();
  }

  @Test
  void of_noGates_hasNoRounds() {
    assertThat(Schedule.of(program()).rounds()).isZero();
    assertThat(Schedule.of(program()).groups()).isEmpty();
  }

  @Test
  void of_localGatesOnly_hasNoRounds() {
    var schedule = Schedule.of(program(new Gate.Multiply(x, x, shared(1, 4, 20))));
    assertThat(schedule.rounds()).isZero();
    assertThat(indices(schedule)).containsExactly(List.of(0));
  }

  /** A layer: open the product, open two bits, open the activation. */
  @Test
  void of_linearAndRelu_takesThreeRounds() {
    var truncation = new Truncation(BitWidth.of(12), 8, true);
    var schedule =
        Schedule.of(
            program(
                new Gate.Multiply(x, x, shared(1, 4, 20)),
                new Gate.Open(shared(1, 4, 20), masked(2, 4, 20)),
                new Gate.ReluTruncate(masked(2, 4, 20), truncation, shared(3, 4, 20)),
                new Gate.Open(shared(3, 4, 20), masked(4, 4, 20)),
                new Gate.Multiply(masked(4, 4, 20), x, shared(5, 4, 20))));
    assertThat(schedule.rounds()).isEqualTo(3);
    assertThat(indices(schedule))
        .containsExactly(List.of(0, 1), List.of(2), List.of(3), List.of(4));
  }

  @Test
  void of_independentGates_shareARound() {
    var schedule =
        Schedule.of(
            program(
                new Gate.Multiply(x, x, shared(1, 4, 20)),
                new Gate.Open(shared(1, 4, 20), masked(2, 4, 20)),
                new Gate.Multiply(x, x, shared(3, 4, 18)),
                new Gate.Open(shared(3, 4, 18), masked(4, 4, 18)),
                new Gate.Multiply(masked(2, 4, 20), masked(4, 4, 18), shared(5, 4, 18)),
                new Gate.Open(shared(5, 4, 18), masked(6, 4, 18))));
    assertThat(schedule.rounds()).isEqualTo(2);
    assertThat(indices(schedule)).containsExactly(List.of(0, 2, 1, 3), List.of(4, 5));
  }

  /** What two rounds' results feed waits for the later one. */
  @Test
  void of_inputsOfDifferentRounds_waitForTheLatest() {
    var schedule =
        Schedule.of(
            program(
                new Gate.Multiply(x, x, shared(1, 4, 20)),
                new Gate.Open(shared(1, 4, 20), masked(2, 4, 20)),
                new Gate.Multiply(masked(2, 4, 20), x, shared(3, 4, 20)),
                new Gate.Open(shared(3, 4, 20), masked(4, 4, 20)),
                new Gate.Multiply(masked(4, 4, 20), masked(2, 4, 20), shared(5, 4, 20))));
    assertThat(schedule.rounds()).isEqualTo(2);
    assertThat(indices(schedule)).containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
  }

  @Test
  void of_everyGate_keepsOrderAndPutsLocalGatesFirst() {
    Program program = EveryGate.program();
    Schedule schedule = Schedule.of(program);
    assertThat(schedule.rounds()).isEqualTo(10);
    assertThat(schedule.groups().stream().flatMap(List::stream).map(Schedule.Scheduled::index))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, program.steps().size()).boxed().toList());
    List<Integer> ready = new ArrayList<>();
    ready.add(program.inputs().getFirst().wire().id());
    for (var group : schedule.groups()) {
      boolean exchanging = false;
      List<Integer> afterwards = new ArrayList<>();
      for (Schedule.Scheduled scheduled : group) {
        Gate gate = scheduled.step().gate();
        assertThat(exchanging && !gate.exchanges()).as("local after exchange: %s", gate).isFalse();
        assertThat(ready).containsAll(gate.inputs().stream().map(Wire::id).toList());
        exchanging = gate.exchanges();
        gate.outputs().forEach(wire -> (gate.exchanges() ? afterwards : ready).add(wire.id()));
      }
      ready.addAll(afterwards);
    }
  }
}
