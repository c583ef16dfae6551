package io.maskwire.cli.inference;

import io.maskwire.crypto.execution.InMemoryChannel;
import io.maskwire.crypto.execution.PartyKeys;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartyRunner;
import io.maskwire.crypto.execution.PartySession;
import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.RoundMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Runs sessions of one model version: deals keys into a temporary folder, runs both parties in two
 * threads that share nothing but a channel, checks the result bit for bit.
 */
public final class SecureInference {
  private final ModelVersion version;
  private final SecureRandom random;

  /** Inference with {@code version}; {@code random} draws a root for each session. */
  public SecureInference(ModelVersion version, SecureRandom random) {
    this.version = version;
    this.random = random;
  }

  /**
   * One inference.
   *
   * @param inputs in the order of the program's inputs
   * @param progress receives the number of each round that is over, from 0
   * @throws IllegalArgumentException if a value is outside the range that the model was compiled
   *     for
   */
  public InferenceResult infer(List<FloatTensor> inputs, IntConsumer progress)
      throws IOException, InterruptedException {
    List<RingTensor> encoded = encode(version.program(), inputs);
    try (TemporaryFolder folder = TemporaryFolder.create("maskwire-session-")) {
      KeyFiles.Places places = KeyFiles.Places.in(folder.path());
      long start = System.nanoTime();
      MaskSeeds seeds = KeyFiles.deal(version.dealer(), random, places);
      long dealt = System.nanoTime();
      InferenceResult result = run(encoded, seeds, places, progress);
      return withDeal(result, (dealt - start) / 1e6);
    }
  }

  private static InferenceResult withDeal(InferenceResult result, double dealMillis) {
    return new InferenceResult(
        result.outputs(),
        result.bitExact(),
        result.rounds(),
        result.keyBytes(),
        result.onlineBytes(),
        new InferenceResult.Millis(
            dealMillis, result.millis().offline(), result.millis().online()));
  }

  /** Fixed-point inputs, refused where the program was not compiled for them. */
  public static List<RingTensor> encode(Program program, List<FloatTensor> inputs) {
    if (inputs.size() != program.inputs().size()) {
      throw new IllegalArgumentException(
          "the model has %d inputs, %d were given"
              .formatted(program.inputs().size(), inputs.size()));
    }
    List<RingTensor> encoded = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Program.Input input = program.inputs().get(i);
      if (!inputs.get(i).shape().equals(input.shape())) {
        throw new IllegalArgumentException(
            "input '%s' has shape %s, the model takes %s"
                .formatted(input.name(), inputs.get(i).shape(), input.shape()));
      }
      encoded.add(FixedPoint.encode(inputs.get(i), input.scale(), input.bound()));
    }
    return encoded;
  }

  private InferenceResult run(
      List<RingTensor> encoded, MaskSeeds seeds, KeyFiles.Places places, IntConsumer progress)
      throws IOException, InterruptedException {
    try (KeyFiles.Source common = KeyFiles.Source.open(places.common());
        KeyFiles.Source own0 = KeyFiles.Source.open(places.party0());
        KeyFiles.Source own1 = KeyFiles.Source.open(places.party1());
        InMemoryChannel.Pair channels = InMemoryChannel.pair();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      PartySession session0 = session(version.party0(), common, own0);
      PartySession session1 = session(version.party1(), common, own1);
      long start = System.nanoTime();
      both(threads, prepare(session0), prepare(session1));
      long prepared = System.nanoTime();
      User user = new User(version.program(), version.id(), seeds);
      MaskedInput masked = user.mask(encoded);
      List<RoundMessage> shares =
          both(
              threads,
              party(session0, masked, channels.zero(), progress),
              party(session1, masked, channels.one(), round -> {}));
      List<RingTensor> outputs = user.unmask(shares.get(0), shares.get(1));
      long done = System.nanoTime();
      long openings =
          channels.zero().bytesSent()
              + channels.one().bytesSent()
              + shares.stream().mapToLong(share -> share.encode().length).sum();
      return new InferenceResult(
          Finishing.finish(version.program(), outputs),
          Optional.of(
              equal(outputs, Plaintext.evaluate(version.program(), version.weights(), encoded))),
          version.party0().schedule().rounds(),
          new InferenceResult.KeyBytes(
              Files.size(places.common()),
              Files.size(places.party0()),
              Files.size(places.party1())),
          new InferenceResult.OnlineBytes(masked.encode(version.program()).length, openings),
          new InferenceResult.Millis(0, (prepared - start) / 1e6, (done - prepared) / 1e6));
    }
  }

  private static PartySession session(
      PartyModel model, KeyFiles.Source common, KeyFiles.Source own) {
    return new PartySession(model, new PartyKeys(model, common, own));
  }

  private static Callable<Boolean> prepare(PartySession session) {
    return () -> {
      session.prepare();
      return true;
    };
  }

  private static Callable<RoundMessage> party(
      PartySession session, MaskedInput input, InMemoryChannel channel, IntConsumer progress) {
    return () -> {
      try {
        return PartyRunner.run(session, input, channel, progress);
      } catch (RuntimeException | Error e) {
        // An Error too: the other party would wait for ever.
        channel.abort(e);
        throw e;
      }
    };
  }

  private static <T> List<T> both(ExecutorService threads, Callable<T> first, Callable<T> second)
      throws InterruptedException {
    List<Future<T>> futures = threads.invokeAll(List.of(first, second));
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      }
    }
    return results;
  }

  /** Whether unmasked integers equal those of the cleartext program, in every bit. */
  public static boolean equal(List<RingTensor> secure, List<RingTensor> clear) {
    for (int i = 0; i < secure.size(); i++) {
      if (!secure.get(i).equalsModulo(clear.get(i), BitWidth.MAXIMUM)) {
        return false;
      }
    }
    return true;
  }
}
