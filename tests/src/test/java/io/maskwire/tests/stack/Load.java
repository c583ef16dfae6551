package io.maskwire.tests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.GatewayException;
import io.maskwire.cli.gateway.RemoteInference;
import io.maskwire.cli.gateway.RemoteModel;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Sessions in flight while something fails: most are uploaded before, some while it is away, and
 * one is given a second, different input then. All are to end with the bits of the program in
 * clear.
 */
final class Load {
  /** Sessions of each run. */
  static final int SESSIONS = 8;

  private static final int BEFORE = 6;
  private static final int PATIENCE_SECONDS = 120;

  private final TestStack stack;
  private final TestModel model;
  private final Random random = new Random(1);

  Load(TestStack stack, TestModel model) {
    this.stack = stack;
    this.model = model;
  }

  /** Something that fails. */
  @FunctionalInterface
  interface Fault {
    void happen() throws Exception;
  }

  /**
   * What happened.
   *
   * @param sessions that were accepted
   * @param rounds in which each of them was when the fault happened; after the last, if it was over
   * @param seconds from then until all had ended
   */
  record Run(List<String> sessions, List<Integer> rounds, double seconds) {}

  /**
   * Runs sessions, and lets {@code fault} happen as soon as one of them is in {@code round}.
   *
   * @param meanwhile is done too, while they run
   */
  Run run(int round, Fault fault, Runnable meanwhile) throws Exception {
    try (GatewayClient gateway = new GatewayClient(stack.address().gateway(), Optional.empty());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteModel remote = RemoteModel.fetch(gateway, model.name());
      assertThat(TestModel.rounds(remote)).isEqualTo(TestModel.ROUNDS);
      RemoteInference inference = new RemoteInference(gateway, remote, new SecureRandom());
      List<RemoteInference.Prepared> prepared = prepare(inference, remote, threads);
      Flight flight = new Flight(inference, round);
      List<Future<RemoteInference.Outcome>> running = new ArrayList<>();
      for (int i = 0; i < BEFORE; i++) {
        running.add(threads.submit(flight.session(i, prepared.get(i))));
      }
      Future<?> done = threads.submit(meanwhile);
      flight.awaitRound();
      List<Integer> rounds = flight.rounds();
      long start = System.nanoTime();
      fault.happen();
      for (int i = BEFORE; i < SESSIONS; i++) {
        running.add(threads.submit(flight.session(i, prepared.get(i))));
      }
      refuseAnotherInput(gateway, prepared.getFirst());
      for (Future<RemoteInference.Outcome> each : running) {
        RemoteInference.Outcome outcome = each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(model.isExact(remote, outcome.encoded(), outcome.outputs()))
            .as("bits of the program in clear")
            .isTrue();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Run(prepared.stream().map(each -> each.session().id()).toList(), rounds, seconds);
    }
  }

  /** Uploads inputs, and does not wait for what becomes of them. */
  void startAndForget() throws Exception {
    try (GatewayClient gateway = new GatewayClient(stack.address().gateway(), Optional.empty());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      RemoteModel remote = RemoteModel.fetch(gateway, model.name());
      RemoteInference inference = new RemoteInference(gateway, remote, new SecureRandom());
      for (RemoteInference.Prepared each : prepare(inference, remote, threads)) {
        gateway.upload(each.session(), each.sealed());
      }
    }
  }

  private List<RemoteInference.Prepared> prepare(
      RemoteInference inference, RemoteModel remote, ExecutorService threads) throws Exception {
    List<Future<RemoteInference.Prepared>> preparing = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      var input = TestModel.input(remote, random);
      preparing.add(threads.submit(() -> inference.prepare(input)));
    }
    List<RemoteInference.Prepared> prepared = new ArrayList<>();
    for (Future<RemoteInference.Prepared> each : preparing) {
      prepared.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return prepared;
  }

  /** The keys of a session serve one input, whatever fails meanwhile. */
  private static void refuseAnotherInput(GatewayClient gateway, RemoteInference.Prepared session) {
    byte[] other = session.sealed();
    other[other.length - 1] ^= 1;
    int status =
        TestStack.await(
            "an answer to a second input",
            () -> {
              try {
                gateway.upload(session.session(), other);
                return Optional.of(202);
              } catch (GatewayException e) {
                return e.status() == 503 ? Optional.empty() : Optional.of(e.status());
              } catch (IOException _) {
                return Optional.empty();
              }
            });
    assertThat(status).as("a second, different input").isEqualTo(409);
  }

  /** How far the sessions are, as their user hears it. */
  private static final class Flight {
    private final RemoteInference inference;
    private final int round;
    private final AtomicIntegerArray rounds = new AtomicIntegerArray(SESSIONS);
    private final CountDownLatch reached = new CountDownLatch(1);

    Flight(RemoteInference inference, int round) {
      this.inference = inference;
      this.round = round;
    }

    Callable<RemoteInference.Outcome> session(int index, RemoteInference.Prepared prepared) {
      return () -> {
        try {
          return inference.complete(prepared, (current, all) -> at(index, current));
        } finally {
          at(index, Integer.MAX_VALUE);
        }
      };
    }

    private void at(int index, int current) {
      rounds.set(index, current);
      if (current >= round) {
        reached.countDown();
      }
    }

    void awaitRound() throws InterruptedException {
      assertThat(reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("a session in round %d", round)
          .isTrue();
    }

    List<Integer> rounds() {
      return IntStream.range(0, BEFORE).map(rounds::get).boxed().toList();
    }
  }
}
