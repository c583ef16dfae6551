package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maskwire.cli.demo.DemoModel;
import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.OwnerClient;
import io.maskwire.cli.gateway.RemoteInference;
import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.cli.inference.Comparison;
import io.maskwire.cli.inference.FloatWitness;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.stack.DealerMetrics;
import io.maskwire.cli.stack.StackAddress;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.input.Preprocess;
import io.maskwire.input.ReadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The demo through a running system: publishes the demo model as its owner, infers as a user, and
 * checks the result with what both know together.
 */
final class StackDemo {
  /** Under this name users find the demo model. */
  static final String MODEL = "fmri-demo";

  private static final String RECORD = "demo.json";

  private static final String DESCRIPTION =
      "Names the resting-state network that an fMRI map shows, of 58. A demonstration: trained on"
          + " synthetic maps, which come with it as samples, and good for nothing else.";

  /** Files of 0.1 MB, each of another network and person. */
  private static final int MOST_SAMPLES = 3;

  /** Longer than a dealer waits before it refills. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private static final int MOST_LOOKS = 10;

  private final StackAddress stack;
  private final DemoModel demo;
  private final Progress progress;

  StackDemo(StackAddress stack, DemoModel demo, Progress progress) {
    this.stack = stack;
    this.demo = demo;
    this.progress = progress;
  }

  /** The report on {@code volume}, after sessions with {@code warmUps}. */
  InferenceReport run(Path volume, List<Path> warmUps) throws IOException, InterruptedException {
    progress.step("compiling, to check the result with");
    LoadedModel owners =
        LoadedModel.calibrated(demo.onnx(), CompilerOptions.defaults(), demo.calibration());
    try (GatewayClient gateway = new GatewayClient(stack.gateway(), Optional.empty())) {
      OwnerClient.Published published = publishOnce(gateway, owners.options());
      RemoteModel model = RemoteModel.fetch(gateway, published.name().toString());
      requireSame(owners.program(), model.program());
      RemoteInference inference = new RemoteInference(gateway, model, new SecureRandom());
      for (Path file : warmUps) {
        progress.step("warming up");
        inference.infer(model.read(file).tensor(), (round, rounds) -> {});
      }
      awaitStock(published.name());
      ReadInput read = model.read(volume);
      FloatTensor input = read.tensor();
      String name = String.valueOf(volume.getFileName());
      RemoteInference.Outcome outcome =
          inference.infer(input, (round, rounds) -> progress.step(name + ": round", round, rounds));
      boolean exact =
          SecureInference.equal(
              outcome.outputs(),
              Plaintext.evaluate(model.program(), owners.compiled().weights(), outcome.encoded()));
      return new InferenceReport(
              name,
              Labels.of(model.labels(), model.program()),
              outcome
                  .result()
                  .withBitExact(exact)
                  .withDealMillis(DealerMetrics.fetch(stack.dealer()).dealMillis(MODEL)),
              compare(model, input, outcome.result()),
              published.millis())
          .withWarnings(read.warnings());
    }
  }

  /** The warm-ups are over when the dealer has made up for them. */
  private void awaitStock(ModelVersionName name) throws IOException, InterruptedException {
    int before = -1;
    int now = DealerMetrics.fetch(stack.dealer()).stock(name);
    for (int looks = 0; now != before && looks < MOST_LOOKS; looks++) {
      Thread.sleep(BETWEEN_LOOKS);
      before = now;
      now = DealerMetrics.fetch(stack.dealer()).stock(name);
    }
  }

  private Comparison compare(RemoteModel model, FloatTensor input, InferenceResult result) {
    try (FloatWitness witness = FloatWitness.of(Optional.of(demo.onnx()))) {
      return witness.compare(model.program(), List.of(input), result.outputs());
    }
  }

  /** Names are given and drawn elsewhere; all else depends on model and options alone. */
  private static void requireSame(Program own, Program served) {
    Program renamed =
        new Program(
            served.model(),
            served.version(),
            own.reveal(),
            own.inputs(),
            own.weights(),
            own.steps(),
            own.outputs());
    if (!renamed.equals(served)) {
      throw new IllegalStateException("the compiler function has compiled another program");
    }
  }

  private List<Path> samples() {
    return demo.samples().stream().limit(MOST_SAMPLES).toList();
  }

  /** A version is 176 MB of masked weights: published once for a stack and a demo model. */
  private OwnerClient.Published publishOnce(GatewayClient gateway, CompilerOptions options)
      throws IOException {
    Path record = stack.data().resolve(RECORD);
    String fingerprint = String.valueOf(demo.directory().getFileName());
    if (Files.exists(record)) {
      JsonNode json = new ObjectMapper().readTree(record.toFile());
      if (json.path("demo").asText().equals(fingerprint)) {
        ModelVersionName name = new ModelVersionName(MODEL, json.path("version").asText());
        if (gateway.file(name, "manifest.json").isPresent()) {
          return new OwnerClient.Published(name, json.path("millis").asDouble());
        }
      }
    }
    progress.step("publishing the model");
    OwnerClient.Published published;
    try (OwnerClient owner = stack.owner()) {
      published =
          owner.publish(
              new OwnerClient.Upload(
                  MODEL,
                  demo.onnx(),
                  options,
                  Preprocess.declarationFor(demo.onnx()),
                  Optional.of(demo.labels()),
                  new OwnerClient.Shown(Optional.of(DESCRIPTION), samples())));
    }
    Files.writeString(
        record,
        Json.text(
            Json.object()
                .put("demo", fingerprint)
                .put("version", published.name().version())
                .put("millis", published.millis())));
    return published;
  }
}
