package io.maskwire.tests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each process is killed, and in each round one of them; {@link SoakIT} has all combinations. */
@ExtendWith(SharedStack.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillIT {
  private static TestStack stack;
  private static Trial trial;

  @BeforeAll
  static void publish(TestStack shared) throws IOException {
    stack = shared;
    trial = new Trial(stack, TestModel.publish(stack, "kill"));
  }

  static Stream<Arguments> processes_inTurn() {
    return IntStream.rangeClosed(1, TestModel.ROUNDS)
        .mapToObj(
            round -> Arguments.of(Trial.VICTIMS.get((round - 1) % Trial.VICTIMS.size()), round));
  }

  @ParameterizedTest
  @MethodSource("processes_inTurn")
  void kill_ofAProcess_allSessionsEndWithTheirBits(String victim, int round) throws Exception {
    ProcessHandle before = stack.process(victim);

    trial.run("kill -9 of " + victim, round, () -> stack.kill(victim));

    assertThat(stack.process(victim).pid()).isNotEqualTo(before.pid());
  }

  @Test
  void store_thatDoesNotAnswerForAWhile_isWaitedFor() throws Exception {
    trial.run("store held for 3 s", 4, () -> stack.hold("store", Duration.ofSeconds(3)));
  }
}
