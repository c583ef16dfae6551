package io.maskwire.cli.command;

import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.RemoteInference;
import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.cli.gateway.UsedSessions;
import io.maskwire.cli.inference.Comparison;
import io.maskwire.cli.inference.InferenceResult;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.cli.output.Progress;
import io.maskwire.crypto.ir.Program;
import io.maskwire.input.ReadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Files through a model that a gateway serves, several at a time; masked and unmasked here. */
final class GatewayRun {
  /** Sessions that are open at a time: enough to hide the network, few enough to be fair. */
  private static final int AT_A_TIME = 4;

  private final URI gateway;
  private final Optional<String> token;
  private final Progress progress;

  GatewayRun(URI gateway, Optional<Path> tokenFile, Progress progress) throws IOException {
    this.gateway = gateway;
    token =
        tokenFile.isEmpty()
            ? Optional.empty()
            : Optional.of(Files.readString(tokenFile.get()).strip());
    this.progress = progress;
  }

  /**
   * A session for each file. One that cannot be sent takes nothing from the others.
   *
   * @param labels instead of the model's own, if there are any
   * @param err receives what does not fit
   * @param outcomes receives what came of each file, in their order
   */
  void infer(
      String name,
      List<Path> files,
      List<String> labels,
      PrintWriter err,
      Consumer<InputOutcome> outcomes)
      throws IOException, InterruptedException {
    try (GatewayClient client = new GatewayClient(gateway, token);
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_A_TIME, files.size()))) {
      progress.step("asking for " + name);
      RemoteModel model = RemoteModel.fetch(client, name);
      if (model.program().reveal() == Program.Reveal.OWNER) {
        throw new PolicyException("this model reveals its result to the owner only");
      }
      Labels named = Labels.of(labels.isEmpty() ? model.labels() : labels, model.program());
      InferCommand.warn(err, named.mismatch());
      RemoteInference inference =
          new RemoteInference(client, model, new SecureRandom(), UsedSessions.ofUser());
      List<Future<InputOutcome>> running = new ArrayList<>();
      for (Path file : files) {
        running.add(threads.submit(() -> infer(inference, model, file, named)));
      }
      collect(running, outcomes);
    }
  }

  /** What a gateway or a party says ends the run; what is wrong with a file does not. */
  private InputOutcome infer(RemoteInference inference, RemoteModel model, Path file, Labels labels)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    ReadInput read;
    try {
      read = model.read(file);
      SecureInference.encode(model.program(), List.of(read.tensor()));
    } catch (RuntimeException e) {
      return new RefusedInput(file, e);
    }
    InferenceResult result =
        inference
            .infer(read.tensor(), (round, rounds) -> progress.step(name + ": round", round, rounds))
            .result();
    return new InferenceReport(name, labels, result, Comparison.noOriginal(), 0)
        .withWarnings(read.warnings());
  }

  private static void collect(List<Future<InputOutcome>> running, Consumer<InputOutcome> outcomes)
      throws IOException, InterruptedException {
    for (Future<InputOutcome> future : running) {
      try {
        outcomes.accept(future.get());
      } catch (ExecutionException e) {
        running.forEach(other -> other.cancel(true));
        switch (e.getCause()) {
          case IOException io -> throw io;
          case RuntimeException unchecked -> throw unchecked;
          case null, default -> throw new IllegalStateException(e);
        }
      }
    }
  }
}
