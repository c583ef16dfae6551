package io.maskwire.crypto.ir;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rounds of a program: every gate as early as its inputs allow, so that independent gates share
 * a message. Round r computes its local steps, in order, then exchanges one message for all of its
 * exchanging gates, which therefore come last in their group; the last group may only compute.
 *
 * @param groups steps of each round, with the index that they have in the program
 * @param rounds number of messages that each party sends to the other
 */
public record Schedule(List<List<Scheduled>> groups, int rounds) {

  /**
   * A step at its place.
   *
   * @param index position in {@link Program#steps()}, which names the step in keys and labels
   * @param step the step
   */
  public record Scheduled(int index, Program.Step step) {}

  public Schedule {
    groups = groups.stream().map(List::copyOf).toList();
  }

  /** The schedule of {@code program}. */
  public static Schedule of(Program program) {
    Map<Integer, Integer> ready = new HashMap<>();
    program.inputs().forEach(input -> ready.put(input.wire().id(), 0));
    List<List<Scheduled>> groups = new ArrayList<>();
    int rounds = 0;
    for (int index = 0; index < program.steps().size(); index++) {
      Program.Step step = program.steps().get(index);
      Gate gate = step.gate();
      int round = 0;
      for (Wire wire : gate.inputs()) {
        round = Math.max(round, ready.getOrDefault(wire.id(), 0));
      }
      while (groups.size() <= round) {
        groups.add(new ArrayList<>());
      }
      groups.get(round).add(new Scheduled(index, step));
      int available = gate.exchanges() ? round + 1 : round;
      rounds = Math.max(rounds, available);
      gate.outputs().forEach(wire -> ready.put(wire.id(), available));
    }
    groups.forEach(
        group ->
            group.sort(Comparator.comparing(scheduled -> scheduled.step().gate().exchanges())));
    return new Schedule(groups, rounds);
  }
}
