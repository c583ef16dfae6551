package io.maskwire.gateway.session;

import io.maskwire.exchange.event.SessionEnded.Outcome;
import java.util.List;

/** Writes down what it hears. */
record Heard(List<Integer> rounds, List<Outcome> outcomes) implements Progress.Listener {
  @Override
  public void round(int round) {
    rounds.add(round);
  }

  @Override
  public void ended(Outcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void heartbeat() {
    rounds.add(-1);
  }
}
