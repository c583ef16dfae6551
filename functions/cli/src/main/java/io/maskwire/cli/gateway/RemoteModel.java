package io.maskwire.cli.gateway;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.input.InputReader;
import io.maskwire.input.Preprocess;
import io.maskwire.input.ReadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The public side of a model that a gateway serves.
 *
 * @param name which model and version
 * @param program what the parties compute
 * @param id names the program
 * @param preprocess how files become inputs
 * @param labels names of the classes, may be empty
 */
public record RemoteModel(
    ModelVersionName name,
    Program program,
    ProgramId id,
    Preprocess preprocess,
    List<String> labels) {

  public RemoteModel {
    labels = List.copyOf(labels);
  }

  /** Fetches the newest version of {@code model}, or the one that {@code model/version} names. */
  public static RemoteModel fetch(GatewayClient gateway, String model) throws IOException {
    ModelVersionName name = gateway.find(model);
    byte[] encoded =
        gateway
            .file(name, "program.bin")
            .orElseThrow(() -> new IllegalArgumentException("the gateway has no model " + name));
    Program program = ProgramCodec.decode(encoded);
    if (!program.version().equals(name.version())) {
      throw new IOException(
          "the gateway sends version %s for %s".formatted(program.version(), name));
    }
    Preprocess preprocess =
        gateway
            .file(name, Preprocess.FILE_NAME)
            .map(yaml -> Preprocess.parse(Preprocess.FILE_NAME + " of " + name, text(yaml)))
            .orElse(Preprocess.DEFAULT);
    List<String> labels =
        gateway.file(name, "labels.txt").map(file -> text(file).lines().toList()).orElse(List.of());
    return new RemoteModel(name, program, ProgramCodec.idOf(encoded), preprocess, labels);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads an input file for the model's only input. */
  public ReadInput read(Path file) {
    if (program.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "the model has %d inputs; files can be given to models with one"
              .formatted(program.inputs().size()));
    }
    return InputReader.readWithWarnings(file, preprocess, program.inputs().getFirst().shape());
  }
}
