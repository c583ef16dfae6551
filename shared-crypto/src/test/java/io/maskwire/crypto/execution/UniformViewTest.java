package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.RingTensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything that a party sees is uniform and says nothing of the input: over many sessions on one
 * input, and over as many on another. Seeds are fixed, so that a result repeats.
 */
@Tag("statistical")
class UniformViewTest {
  private static final int SESSIONS = 3072;
  private static final long SEED = 20261;

  private static Uniformity small = new Uniformity(0);
  private static Uniformity large = new Uniformity(0);

  @BeforeAll
  static void runSessions() {
    small = sample(EveryGate.input(0, 0), SEED);
    large = sample(EveryGate.input(EveryGate.BOUND, -EveryGate.BOUND), SEED + 1);
  }

  private static Uniformity sample(List<RingTensor> input, long seed) {
    // One model version: the weights' masks are the same in both samples.
    InProcess version =
        new InProcess(EveryGate.program(), EveryGate.weights(), new SplittableRandom(SEED));
    InProcess run = version.withRandom(new SplittableRandom(seed));
    Uniformity sample = new Uniformity(SESSIONS);
    for (int i = 0; i < SESSIONS; i++) {
      InProcess.Keys keys = run.deal();
      sample.add(SessionView.of(run, keys, run.run(keys, input)));
    }
    return sample;
  }

  @Test
  void view_everyBit_isBalanced() {
    assertThat(small.bits()).isGreaterThan(10_000);
    assertThat(small.unbalancedBits()).as("seed %d", SEED).isEmpty();
    assertThat(large.unbalancedBits()).as("seed %d", SEED + 1).isEmpty();
  }

  @Test
  void view_everyTwoBits_areIndependent() {
    assertThat(small.dependentPairs()).as("seed %d", SEED).isEmpty();
    assertThat(large.dependentPairs()).as("seed %d", SEED + 1).isEmpty();
  }

  @Test
  void view_lowAndHighBitsOfEveryValue_takeAllCombinations() {
    assertThat(small.unevenValues()).as("seed %d", SEED).isEmpty();
    assertThat(large.unevenValues()).as("seed %d", SEED + 1).isEmpty();
  }

  @Test
  void view_twoVeryDifferentInputs_haveOneDistribution() {
    assertThat(Uniformity.differences(small, large)).as("seed %d", SEED).isEmpty();
  }
}
