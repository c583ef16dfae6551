package io.maskwire.cli.command;

import io.maskwire.cli.inference.Comparison;
import io.maskwire.cli.inference.FloatWitness;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.ModelVersion;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.cli.output.Progress;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.input.ReadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;

/** Files through one version of a model, each in a session of its own, beside the float model. */
final class InferenceRun {
  private final LoadedModel loaded;
  private final Labels labels;
  private final Progress progress;
  private final SecureInference inference;
  private final int rounds;
  private final double compileMillis;

  /** Masks the weights of {@code loaded} as a new version. */
  InferenceRun(LoadedModel loaded, Labels labels, Progress progress) {
    this.loaded = loaded;
    this.labels = labels;
    this.progress = progress;
    progress.step("masking the weights");
    SecureRandom random = new SecureRandom();
    long start = System.nanoTime();
    ModelVersion version =
        ModelVersion.prepare(loaded.program(), loaded.compiled().weights(), random);
    compileMillis = loaded.compileMillis() + (System.nanoTime() - start) / 1e6;
    inference = new SecureInference(version, random);
    rounds = version.party0().schedule().rounds();
  }

  /** Runs sessions that are not reported. */
  InferenceRun warmUp(List<Path> files) throws IOException, InterruptedException {
    for (Path file : files) {
      progress.step("warming up");
      inference.infer(List.of(loaded.read(file).tensor()), round -> {});
    }
    return this;
  }

  /**
   * A session for each file. One that cannot be run takes nothing from the others.
   *
   * @param outcomes receives what came of each, in their order and as soon as it is there
   */
  void infer(List<Path> files, Consumer<InputOutcome> outcomes)
      throws IOException, InterruptedException {
    try (FloatWitness witness = FloatWitness.of(loaded.onnx())) {
      for (Path file : files) {
        outcomes.accept(outcome(file, witness));
      }
    }
  }

  private InputOutcome outcome(Path file, FloatWitness witness)
      throws IOException, InterruptedException {
    try {
      return report(file, witness);
    } catch (RuntimeException e) {
      return new RefusedInput(file, e);
    }
  }

  /** The report on one file. */
  InferenceReport infer(Path file) throws IOException, InterruptedException {
    try (FloatWitness witness = FloatWitness.of(loaded.onnx())) {
      return report(file, witness);
    }
  }

  private InferenceReport report(Path file, FloatWitness witness)
      throws IOException, InterruptedException {
    String name = String.valueOf(file.getFileName());
    ReadInput read = loaded.read(file);
    List<FloatTensor> inputs = List.of(read.tensor());
    progress.step(name + ": keys");
    InferenceResult result =
        inference.infer(inputs, round -> progress.step(name + ": round", round + 1L, rounds));
    Comparison comparison = witness.compare(loaded.program(), inputs, result.outputs());
    return new InferenceReport(name, labels, result, comparison, compileMillis)
        .withWarnings(read.warnings());
  }
}
