package io.maskwire.cli.command;

import io.maskwire.cli.output.Progress;
import io.maskwire.crypto.ir.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskwire infer}: both parties on this machine, or through a gateway. */
@Command(
    name = "infer",
    description = {
      "Runs a model on inputs securely: with both parties on this machine, or through a gateway.",
      "Either way inputs are masked and results unmasked here."
    })
public final class InferCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "an ONNX file or a compiled folder; with --gateway a model's name there")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "INPUT",
      description = "image, volume or tensor files, or folders of them")
  private List<Path> inputs;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "names of the classes, a line each")
  private @Nullable Path labels;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = "run through this gateway; MODEL is NAME or NAME/VERSION there")
  private @Nullable URI gateway;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "with --gateway: a file that holds the caller's token")
  private @Nullable Path tokenFile;

  @Mixin private CompileSettings settings;

  @Option(names = "--json", description = "print one JSON object, an array for several inputs")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> names = Labels.read(labels);
    List<Path> files = LoadedModel.expand(inputs);
    CommandLine line = spec.commandLine();
    try (Progress progress = Progress.onTerminal();
        OutcomePrinter printer =
            new OutcomePrinter(
                new OutcomePrinter.Streams(line.getOut(), line.getErr()),
                progress,
                json,
                inputs,
                files)) {
      if (gateway == null) {
        here(names, files, progress, printer);
      } else {
        new GatewayRun(gateway, Optional.ofNullable(tokenFile), progress)
            .infer(model, files, names, line.getErr(), printer::print);
      }
      return printer.exitCode();
    }
  }

  private void here(List<String> names, List<Path> files, Progress progress, OutcomePrinter printer)
      throws IOException, InterruptedException {
    Path path = Path.of(model);
    progress.step("compiling " + path.getFileName());
    LoadedModel loaded = LoadedModel.load(path, settings);
    requireRevealed(loaded.program());
    Labels named = Labels.of(names, loaded.program());
    warn(spec.commandLine().getErr(), named.mismatch());
    new InferenceRun(loaded, named, progress).infer(files, printer::print);
  }

  private static void requireRevealed(Program program) {
    if (program.reveal() == Program.Reveal.OWNER) {
      throw new PolicyException(
          "this model reveals its result to the owner only; compile with --reveal user or both");
    }
  }

  static void warn(PrintWriter err, Optional<String> warning) {
    warning.ifPresent(line -> err.println("maskwire: " + line));
    err.flush();
  }
}
