package io.maskwire.cli.command;

import io.maskwire.cli.ExitCode;
import io.maskwire.cli.gateway.OwnerClient;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.cli.output.Quantities;
import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.StackAddress;
import io.maskwire.input.Preprocess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskwire publish}: an owner's model into a running local stack. */
@Command(
    name = "publish",
    description = {
      "Gives a model to a running local stack, as its owner: it is compiled and its weights are"
          + " masked there.",
      "A preprocess.yaml beside the model is published with it.",
      "Description, labels and samples are public: everybody who can reach the gateway gets them."
    })
public final class PublishCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL.onnx", description = "the model")
  private Path model;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "under which users find it: lower-case letters, digits, hyphens")
  private String name;

  @Option(names = "--labels", paramLabel = "FILE", description = "names of the classes")
  private @Nullable Path labels;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "what users are told of the model, in a few plain sentences")
  private @Nullable String description;

  @Option(
      names = "--sample",
      paramLabel = "FILE",
      description = "a file to try the model with, for everybody; may be given several times")
  private List<Path> samples = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the stack's folder (default: ${DEFAULT-VALUE})")
  private Path data = LocalStackProcess.defaultData();

  @Mixin private CompileSettings settings;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    StackAddress stack = LocalStackProcess.require(data);
    InputWarnings.print(spec.commandLine().getErr(), LoadedModel.requireReadable(model, samples));
    OwnerClient.Published published;
    try (Progress progress = Progress.onTerminal();
        OwnerClient owner = stack.owner()) {
      progress.step("publishing " + name);
      published =
          owner.publish(
              new OwnerClient.Upload(
                  name,
                  model,
                  LoadedModel.options(model, settings),
                  Preprocess.declarationFor(model),
                  Optional.ofNullable(labels),
                  new OwnerClient.Shown(Optional.ofNullable(description), samples)));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.text(
              Json.object()
                  .put("model", published.name().model())
                  .put("version", published.name().version())
                  .put("millis", Json.rounded(published.millis()))));
    } else {
      out.printf("published %s in %s%n", published.name(), Quantities.millis(published.millis()));
      out.printf("infer: maskwire infer %s INPUT --gateway %s%n", name, stack.gateway());
    }
    out.flush();
    return ExitCode.DONE;
  }
}
