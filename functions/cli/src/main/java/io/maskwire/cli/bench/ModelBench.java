package io.maskwire.cli.bench;

import io.maskwire.cli.inference.ModelVersion;
import io.maskwire.crypto.execution.Dealer;
import io.maskwire.crypto.execution.KeySource;
import io.maskwire.crypto.execution.PartyKeys;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartySession;
import io.maskwire.crypto.execution.User;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.RoundMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whole sessions of a fully connected network on one thread: the two parties take turns, so that
 * online time is both parties' work added up.
 */
public final class ModelBench {
  private static final Truncation TRUNCATION = new Truncation(BitWidth.of(24), 12, true);
  private static final BitWidth PRODUCT = TRUNCATION.product();

  /** Layers of the published resting-state fMRI network. */
  public static final List<Integer> FMRI = List.of(109_350, 200, 200, 200, 58);

  private final ModelVersion version;
  private final SecureRandom random = new SecureRandom();

  /** A network with small random weights; costs depend on the layers only. */
  public ModelBench(List<Integer> layers) {
    Network network = new Network(layers);
    version = ModelVersion.prepare(network.program(), network.weights, random);
  }

  /**
   * Median times of a session's phases.
   *
   * @param dealMillis dealer
   * @param offlineMillis both parties before the input
   * @param onlineMillis both parties, input to result
   * @param keyBytes of all key files
   * @param rounds messages each way
   */
  public record Times(
      double dealMillis, double offlineMillis, double onlineMillis, long keyBytes, int rounds) {}

  /** Runs {@code sessions} after as many to warm up. */
  public Times measure(int sessions) throws IOException {
    double[] deal = new double[sessions];
    double[] offline = new double[sessions];
    double[] online = new double[sessions];
    for (int i = -sessions; i < sessions; i++) {
      double[] phases = session();
      if (i >= 0) {
        deal[i] = phases[0];
        offline[i] = phases[1];
        online[i] = phases[2];
      }
    }
    return new Times(
        median(deal),
        median(offline),
        median(online),
        version.plan().commonBytes() + version.plan().party0Bytes() + version.plan().party1Bytes(),
        version.party0().schedule().rounds());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private double[] session() throws IOException {
    var common = new ByteArrayOutputStream();
    var own0 = new ByteArrayOutputStream();
    var own1 = new ByteArrayOutputStream();
    long start = System.nanoTime();
    MaskSeeds seeds =
        version.dealer().deal(Seed.randomRoot(random), new Dealer.Sinks(common, own0, own1));
    long dealt = System.nanoTime();
    KeySource trees = KeySource.of(common.toByteArray());
    PartySession session0 = party(version.party0(), trees, own0);
    PartySession session1 = party(version.party1(), trees, own1);
    session0.prepare();
    session1.prepare();
    long prepared = System.nanoTime();
    Program.Input input = version.program().inputs().getFirst();
    MaskedInput masked =
        new User(version.program(), version.id(), seeds)
            .mask(
                List.of(RingTensor.takeOwnershipOf(input.shape(), new long[input.wire().count()])));
    RoundMessage message0 = session0.begin(masked);
    RoundMessage message1 = session1.begin(masked);
    while (!session0.finished()) {
      RoundMessage next0 = session0.advance(message1);
      message1 = session1.advance(message0);
      message0 = next0;
    }
    long done = System.nanoTime();
    return new double[] {(dealt - start) / 1e6, (prepared - dealt) / 1e6, (done - prepared) / 1e6};
  }

  private static PartySession party(PartyModel model, KeySource common, ByteArrayOutputStream own) {
    return new PartySession(model, new PartyKeys(model, common, KeySource.of(own.toByteArray())));
  }

  /** Builds the program of a fully connected ReLU network. */
  private static final class Network {
    private final List<Program.Step> steps = new ArrayList<>();
    private final List<WeightTensor> tensors = new ArrayList<>();
    private final List<RingTensor> weights = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Program.Input input;
    private final Wire.Shared output;
    private int wires;

    Network(List<Integer> layers) {
      input =
          new Program.Input(
              "x", Shape.of(layers.getFirst()), 12, 1 << 12, masked(layers.getFirst()));
      Wire.Masked x = input.wire();
      for (int layer = 1; layer + 1 < layers.size(); layer++) {
        Wire.Masked y = linear(x, layers.get(layer));
        Wire.Shared z = new Wire.Shared(wires++, y.count(), PRODUCT);
        add(new Gate.ReluTruncate(y, TRUNCATION, z));
        x = masked(z.count());
        add(new Gate.Open(z, x));
      }
      Wire.Masked y = linear(x, layers.getLast());
      output = new Wire.Shared(wires++, y.count(), TRUNCATION.value());
      add(new Gate.Truncate(y, TRUNCATION, Gate.Carry.SHARED, output));
    }

    Program program() {
      var result =
          new Program.Output("y", Shape.of(output.count()), 12, Program.Finish.NONE, 0, output);
      return new Program(
          "bench", "bench", Program.Reveal.USER, List.of(input), tensors, steps, List.of(result));
    }

    private Wire.Masked masked(int count) {
      return new Wire.Masked(wires++, count, PRODUCT);
    }

    private Wire.Masked linear(Wire.Masked x, int outputs) {
      Dense map = new Dense(1, x.count(), outputs);
      tensors.add(new WeightTensor("w" + tensors.size(), map.weightCount(), PRODUCT, 12));
      weights.add(RingTensor.takeOwnershipOf(random.longs(map.weightCount(), -20, 21).toArray()));
      Wire.Shared product = new Wire.Shared(wires++, outputs, PRODUCT);
      add(new Gate.Linear(x, map, tensors.size() - 1, Optional.empty(), product));
      Wire.Masked opened = masked(outputs);
      add(new Gate.Open(product, opened));
      return opened;
    }

    private void add(Gate gate) {
      steps.add(new Program.Step("step " + steps.size(), gate));
    }
  }
}
