package io.maskwire.tests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every process killed in every round, the store stopped in every round, and parties of two
 * instances of which one is killed. The module's README says how to run it.
 */
@Tag("soak")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoakIT {
  private static final int STOCK = 8;

  /** Victims in turn, so that a process has run for a while when it is killed again. */
  private static Stream<Arguments> matrix(List<String> victims) {
    return IntStream.rangeClosed(1, TestModel.ROUNDS)
        .boxed()
        .flatMap(round -> victims.stream().map(victim -> Arguments.of(victim, round)));
  }

  private static TestStack start(Path folder, int parties) throws IOException {
    return TestStack.start(StackOptions.onFreePort(folder).withStock(STOCK).withParties(parties));
  }

  private static void say(String line) {
    System.out.println(line);
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class OneInstance {
    private TestStack stack;
    private Trial trial;

    @BeforeAll
    void startStack(@TempDir Path folder) throws IOException {
      stack = start(folder, 1);
      trial = new Trial(stack, TestModel.publish(stack, "soak"));
    }

    @AfterAll
    void stopStack() {
      stack.close();
    }

    static Stream<Arguments> everyProcess_inEveryRound() {
      return matrix(Trial.VICTIMS);
    }

    @ParameterizedTest
    @MethodSource("everyProcess_inEveryRound")
    void kill_ofAProcess_allSessionsEndWithTheirBits(String victim, int round) throws Exception {
      say(trial.run("kill -9 of " + victim, round, () -> stack.kill(victim)));
    }

    static Stream<Integer> everyRound() {
      return IntStream.rangeClosed(1, TestModel.ROUNDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("everyRound")
    void store_restarted_allSessionsEndWithTheirBits(int round) throws Exception {
      say(trial.run("store restarted", round, () -> stack.terminate("store")));
    }

    @ParameterizedTest
    @MethodSource("everyRound")
    void store_held_allSessionsEndWithTheirBits(int round) throws Exception {
      say(trial.run("store held for 5 s", round, () -> stack.hold("store", Duration.ofSeconds(5))));
    }
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class TwoInstances {
    private TestStack stack;
    private Trial trial;

    @BeforeAll
    void startStack(@TempDir Path folder) throws IOException {
      stack = start(folder, 2);
      trial = new Trial(stack, TestModel.publish(stack, "soak"));
    }

    @AfterAll
    void stopStack() {
      stack.close();
    }

    static Stream<Arguments> everyInstance_inEveryRound() {
      return matrix(List.of("party0", "party1", "party0-2", "party1-2"));
    }

    @ParameterizedTest
    @MethodSource("everyInstance_inEveryRound")
    void kill_ofAnInstance_allSessionsEndWithTheirBits(String victim, int round) throws Exception {
      say(trial.run("of two, kill -9 of " + victim, round, () -> stack.kill(victim)));
    }
  }

  /** A stack of its own: a killed Azurite may lose what it was told last. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class KilledStore {
    private TestStack stack;

    @BeforeAll
    void startStack(@TempDir Path folder) throws IOException {
      stack = start(folder, 1);
    }

    @AfterAll
    void stopStack() {
      stack.close();
    }

    @Test
    void store_killed_functionsSurviveAndServeWhatComesLater() throws Exception {
      List<ProcessHandle> before = stack.functions().stream().map(stack::process).toList();
      new Load(stack, TestModel.publish(stack, "before")).startAndForget();

      stack.kill("store");
      stack.awaitReady();

      Trial after = new Trial(stack, TestModel.publish(stack, "after"));
      say(after.run("store killed before", 1, () -> {}));
      assertThat(before).allMatch(ProcessHandle::isAlive);
    }
  }
}
