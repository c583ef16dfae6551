package io.maskwire.cli.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All results of {@code maskwire bench}.
 *
 * @param machine the machine's limits
 * @param gates by name
 * @param models by name
 */
public record Benchmarks(
    Machine machine, Map<String, GateRates> gates, Map<String, ModelBench.Times> models) {
  private static final int ELEMENTS = 4096;
  private static final int SESSIONS = 7;

  /**
   * Rates of one gate, elements per second on one thread.
   *
   * @param valueWidth bits of the value
   * @param shift bits that are dropped
   * @param outputWidth bits of the result
   * @param generatePerSecond dealer, keys encoded
   * @param evaluatePerSecond party 1, keys decoded
   * @param keyBytesCommon for both parties, with the section's overhead
   * @param keyBytesParty1 corrections, with the section's overhead
   */
  public record GateRates(
      int valueWidth,
      int shift,
      int outputWidth,
      double generatePerSecond,
      double evaluatePerSecond,
      double keyBytesCommon,
      double keyBytesParty1) {}

  /** Measures everything. */
  public static Benchmarks run(int runMillis, Consumer<String> progress) throws IOException {
    Rate rate = new Rate(runMillis);
    progress.accept("the machine");
    Machine machine = Machine.measure(rate);
    progress.accept("gates");
    GateBench bench = new GateBench(ELEMENTS);
    Map<String, GateRates> gates = new LinkedHashMap<>();
    gates.put("reluTruncate", gate(rate, bench.reluTruncate(), new Widths(24, 12, 36)));
    gates.put("truncate", gate(rate, bench.truncate(), new Widths(24, 12, 36)));
    gates.put("relu", gate(rate, bench.relu(), new Widths(24, 0, 36)));
    gates.put("select", gate(rate, bench.select(), new Widths(24, 0, 36)));
    gates.put("multiply", gate(rate, bench.multiply(), new Widths(36, 0, 36)));
    gates.put("localTruncate", gate(rate, bench.localTruncate(), new Widths(24, 12, 24)));
    gates.put("tableLookup", gate(rate, new GateBench(64).tableLookup(), new Widths(8, 0, 36)));
    progress.accept("the fMRI network");
    Map<String, ModelBench.Times> models = new LinkedHashMap<>();
    models.put("fmri", new ModelBench(ModelBench.FMRI).measure(SESSIONS));
    return new Benchmarks(machine, gates, models);
  }

  private record Widths(int value, int shift, int output) {}

  private static GateRates gate(Rate rate, GateBench.Workload workload, Widths widths) {
    byte[][] keys = workload.generate().get();
    double generate = rate.perSecond(workload.count(), () -> workload.generate().get()[0].length);
    double evaluate =
        rate.perSecond(workload.count(), () -> workload.evaluate().apply(keys[0], keys[1])[0]);
    return new GateRates(
        widths.value(),
        widths.shift(),
        widths.output(),
        generate,
        evaluate,
        (double) keys[0].length / workload.count(),
        (double) keys[1].length / workload.count());
  }
}
