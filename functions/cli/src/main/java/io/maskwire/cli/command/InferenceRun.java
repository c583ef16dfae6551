package io.maskwire.cli.command;

import io.maskwire.cli.inference.FloatModel;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.ModelVersion;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.cli.output.Progress;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.input.ReadInput;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** A report for each file. */
  List<InferenceReport> infer(List<Path> files) throws IOException, InterruptedException {
    try (Reference reference = new Reference(loaded)) {
      List<InferenceReport> reports = new ArrayList<>();
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        ReadInput read = loaded.read(file);
        FloatTensor input = read.tensor();
        progress.step(name + ": keys");
        InferenceResult result =
            inference.infer(
                List.of(input), round -> progress.step(name + ": round", round + 1L, rounds));
        reports.add(
            new InferenceReport(name, labels, result, reference.run(input), compileMillis)
                .withWarnings(read.warnings()));
      }
      return reports;
    }
  }

  /** The original model, if it is at hand. */
  private static final class Reference implements AutoCloseable {
    private final Optional<FloatModel> model;
    private final String input;

    Reference(LoadedModel loaded) {
      model = loaded.onnx().map(FloatModel::load);
      input = loaded.program().inputs().getFirst().name();
    }

    Optional<List<FloatTensor>> run(FloatTensor tensor) {
      return model.map(original -> original.run(Map.of(input, tensor)));
    }

    @Override
    public void close() {
      model.ifPresent(FloatModel::close);
    }
  }
}
