package io.maskwire.tests.stack;

import java.util.List;

/**
 * A fault under load, and what has to hold after it: every accepted session ended with the right
 * bits, its keys served one input, what nobody can handle was put aside, and all functions are
 * ready again.
 */
final class Trial {
  /** What can be killed and loses nothing by it. */
  static final List<String> VICTIMS = List.of("party0", "party1", "gateway", "dealer", "broker");

  private final TestStack stack;
  private final Load load;

  /** Trials with sessions of {@code model}. */
  Trial(TestStack stack, TestModel model) {
    this.stack = stack;
    load = new Load(stack, model);
  }

  /**
   * Lets {@code fault} happen while a session is in {@code round}.
   *
   * @param what names the fault
   * @return a line that says what happened
   */
  String run(String what, int round, Load.Fault fault) throws Exception {
    Poison poison = new Poison(stack);
    long start = System.nanoTime();
    Load.Run run = load.run(round, fault, poison::send);
    poison.awaitDeadLetters();
    Ledger.check(stack, run.sessions());
    stack.awaitReady();
    return "%-24s round %d: %d sessions, at the fault in rounds %s, all ended %.1f s after it; whole trial %.1f s"
        .formatted(
            what,
            round,
            run.sessions().size(),
            run.rounds().stream()
                .map(each -> each == Integer.MAX_VALUE ? "end" : String.valueOf(each))
                .toList(),
            run.seconds(),
            (System.nanoTime() - start) / 1e9);
  }
}
