package io.maskwire.cli.bench;

import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.OwnerClient;
import io.maskwire.cli.gateway.RemoteInference;
import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.cli.stack.StackAddress;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Many sessions at once through a running stack: all are opened and masked first, then uploaded
 * together. Every result is compared with the cleartext program's. Before, smaller groups of
 * sessions run until the rate does not rise any more: functions are slow while they are cold.
 */
public final class StackBench {
  private static final String MODEL = "bench-lenet";
  private static final int OPENING_AT_A_TIME = 8;

  /** Sessions in flight of a warm-up's step; the virtual machines compile while they run. */
  private static final int WARM_UP_STEP = 20;

  private static final int FEWEST_WARM_UPS = 60;
  private static final int MOST_WARM_UPS = 300;

  /** Warm is who gains less than this from one step to the next. */
  private static final double STEADY = 1.1;

  private final StackAddress stack;
  private final int sessions;
  private final Consumer<String> progress;

  /** A measurement of {@code sessions} sessions in flight on {@code stack}. */
  public StackBench(StackAddress stack, int sessions, Consumer<String> progress) {
    this.stack = stack;
    this.sessions = sessions;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param sessions that were in flight
   * @param exact how many ended with the cleartext program's bits
   * @param perSecond sessions per second, from the first upload to the last result
   * @param latency from upload to result, microseconds
   * @param warmUp sessions per second in each step of the warm-up before
   */
  public record Result(
      int sessions, int exact, double perSecond, Histogram latency, List<Double> warmUp) {
    public Result {
      warmUp = List.copyOf(warmUp);
    }
  }

  /**
   * Sessions that ran together.
   *
   * @param outcomes of all of them
   * @param seconds from the first upload to the last result
   */
  private record Batch(List<RemoteInference.Outcome> outcomes, double seconds) {
    double perSecond() {
      return outcomes.size() / seconds;
    }
  }

  /** Publishes {@code onnx}, or a network like LeNet-5, and measures. */
  public Result run(Optional<Path> onnx) throws IOException, InterruptedException {
    if (onnx.isPresent()) {
      return measure(onnx.get());
    }
    try (ScratchFolder folder = ScratchFolder.create("bench")) {
      Path own = folder.path().resolve("lenet.onnx");
      LeNetFile.write(own);
      return measure(own);
    }
  }

  private Result measure(Path onnx) throws IOException, InterruptedException {
    CompilerOptions options = CompilerOptions.defaults();
    List<RingTensor> weights = Compiler.compile(OnnxModel.read(onnx), options).weights();
    try (GatewayClient gateway = new GatewayClient(stack.gateway(), Optional.empty());
        OwnerClient owner = stack.owner();
        ExecutorService opening = Executors.newFixedThreadPool(OPENING_AT_A_TIME);
        ExecutorService running = Executors.newVirtualThreadPerTaskExecutor()) {
      progress.accept("publishing the model");
      OwnerClient.Published published =
          owner.publish(
              new OwnerClient.Upload(
                  MODEL,
                  onnx,
                  options,
                  Optional.empty(),
                  Optional.empty(),
                  OwnerClient.Shown.NOTHING));
      RemoteModel model = RemoteModel.fetch(gateway, published.name().toString());
      RemoteInference inference = new RemoteInference(gateway, model, new SecureRandom());
      Flights flights = new Flights(inference, model, new Random(1), opening, running);
      List<Double> warmUp = warmUp(flights);
      progress.accept("opening and running %d sessions".formatted(sessions));
      return result(model, weights, flights.run(sessions), warmUp);
    }
  }

  /** Runs steps until the rate is steady; returns their rates. */
  private List<Double> warmUp(Flights flights) throws InterruptedException {
    List<Double> rates = new ArrayList<>();
    int done = 0;
    while (done < FEWEST_WARM_UPS || (!isSteady(rates) && done < MOST_WARM_UPS)) {
      progress.accept("warming up: %d sessions so far".formatted(done));
      rates.add(flights.run(WARM_UP_STEP).perSecond());
      done += WARM_UP_STEP;
    }
    return rates;
  }

  private static boolean isSteady(List<Double> rates) {
    return rates.size() > 1 && rates.getLast() < STEADY * rates.get(rates.size() - 2);
  }

  /** Sessions that are opened and masked first, then uploaded together. */
  private record Flights(
      RemoteInference inference,
      RemoteModel model,
      Random random,
      ExecutorService opening,
      ExecutorService running) {

    Batch run(int sessions) throws InterruptedException {
      List<Callable<RemoteInference.Prepared>> openings = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        FloatTensor image = image(model, random);
        openings.add(() -> inference.prepare(image));
      }
      List<Callable<RemoteInference.Outcome>> completions = new ArrayList<>();
      for (RemoteInference.Prepared each : all(opening.invokeAll(openings))) {
        completions.add(() -> inference.complete(each, (round, rounds) -> {}));
      }
      long start = System.nanoTime();
      List<RemoteInference.Outcome> outcomes = all(running.invokeAll(completions));
      return new Batch(outcomes, (System.nanoTime() - start) / 1e9);
    }
  }

  private static Result result(
      RemoteModel model, List<RingTensor> weights, Batch batch, List<Double> warmUp) {
    Histogram latency = new Histogram(3);
    int exact = 0;
    for (RemoteInference.Outcome outcome : batch.outcomes()) {
      latency.recordValue(Math.round(1000 * outcome.result().millis().total().orElseThrow()));
      List<RingTensor> clear = Plaintext.evaluate(model.program(), weights, outcome.encoded());
      exact += SecureInference.equal(outcome.outputs(), clear) ? 1 : 0;
    }
    return new Result(batch.outcomes().size(), exact, batch.perSecond(), latency, warmUp);
  }

  private static FloatTensor image(RemoteModel model, Random random) {
    Shape shape = model.program().inputs().getFirst().shape();
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return FloatTensor.takeOwnershipOf(shape, values);
  }

  private static <T> List<T> all(List<Future<T>> futures) throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a session was lost: " + e.getMessage(), e);
      }
    }
    return results;
  }
}
