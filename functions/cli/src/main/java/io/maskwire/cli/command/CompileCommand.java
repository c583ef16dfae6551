package io.maskwire.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maskwire.cli.ExitCode;
import io.maskwire.cli.output.Json;
import io.maskwire.cli.output.Progress;
import io.maskwire.compiler.CompiledFolder;
import io.maskwire.compiler.CompiledModel;
import io.maskwire.input.Preprocess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code maskwire compile}: ONNX to a folder that can be published, but for the weights in it. */
@Command(
    name = "compile",
    description = "Strips a model of its weights and compiles its architecture.")
public final class CompileCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL.onnx", description = "an ONNX file")
  private Path model;

  @Option(names = "-o", required = true, paramLabel = "OUT", description = "the folder to write")
  private Path out;

  @Mixin private CompileSettings settings;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    LoadedModel loaded;
    try (Progress progress = Progress.onTerminal()) {
      progress.step("compiling " + model.getFileName());
      loaded = LoadedModel.load(model, settings);
      CompiledFolder.write(loaded.compiled(), out);
      copyPreprocess();
    }
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(
        json ? Json.text(toJson(loaded.compiled())) : loaded.compiled().report().toText());
    if (!json) {
      writer.printf("written to %s; weights.bin is the owner's alone%n", out);
    }
    writer.flush();
    return ExitCode.DONE;
  }

  /** The declaration belongs to the model: users of the folder need it. */
  private void copyPreprocess() throws IOException {
    Optional<Path> declaration = Preprocess.declarationFor(model);
    if (declaration.isPresent()) {
      Files.copy(
          declaration.get(),
          out.resolve(Preprocess.FILE_NAME),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static ObjectNode toJson(CompiledModel compiled) {
    return InspectCommand.costs(compiled.program());
  }
}
