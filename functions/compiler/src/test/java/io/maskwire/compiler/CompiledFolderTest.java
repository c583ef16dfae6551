package io.maskwire.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledFolderTest {
  @TempDir private Path folder = Path.of("");

  private static ModelBuilder mlp(long seed) {
    ModelBuilder builder = new ModelBuilder(13, new Random(seed));
    String hidden =
        builder.node(
            "Relu",
            List.of(
                builder.node(
                    "MatMul", List.of(builder.input("x", 1, 5), builder.weights(1, 5, 4)))));
    builder.output(builder.node("MatMul", List.of(hidden, builder.weights(1, 4, 3))));
    return builder;
  }

  private static CompiledModel compiled(long seed) {
    return Compiler.compile(mlp(seed).model(), CompilerOptions.defaults());
  }

  private static List<String> names(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void read_written_isTheSame() throws IOException {
    CompiledModel model = compiled(1);
    Path out = folder.resolve("a/b/out");
    CompiledFolder.write(model, out);
    assertThat(names(out))
        .containsExactly(
            "manifest.json", "program.bin", "program.txt", "stripped.onnx", "weights.bin");
    CompiledModel read = CompiledFolder.read(out);
    assertThat(read.program()).isEqualTo(model.program());
    assertThat(read.report()).isEqualTo(model.report());
    assertThat(read.strippedOnnx()).isEqualTo(model.strippedOnnx());
    List<FloatTensor> inputs = List.copyOf(mlp(1).randomInputs().values());
    assertThat(FixedPointRun.run(read, inputs)).isEqualTo(FixedPointRun.run(model, inputs));
  }

  @Test
  void write_weights_readableByOwnerOnly() throws IOException {
    Path out = folder.resolve("out");
    CompiledFolder.write(compiled(1), out);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(out.resolve("weights.bin"))))
        .isEqualTo("rw-------");
  }

  @Test
  void write_overCompiledModel_replacesItWhole() throws IOException {
    Path out = folder.resolve("out");
    CompiledFolder.write(compiled(1), out);
    Files.writeString(out.resolve("left-over"), "x");
    CompiledFolder.write(compiled(2), out);
    assertThat(names(out)).doesNotContain("left-over");
    assertThat(names(folder)).containsExactly("out");
    assertThat(CompiledFolder.read(out).weights().getFirst().get(0))
        .isEqualTo(compiled(2).weights().getFirst().get(0));
  }

  @Test
  void write_overSomethingElse_refused() throws IOException {
    Path precious = folder.resolve("precious");
    Files.createDirectories(precious);
    Files.writeString(precious.resolve("thesis.txt"), "x");
    assertThatThrownBy(() -> CompiledFolder.write(compiled(1), precious))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(names(precious)).containsExactly("thesis.txt");
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> CompiledFolder.write(compiled(1), file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void report_text_fitsAHundredColumns() throws IOException {
    CompiledModel model =
        Compiler.compile(
            TestData.model(TestData.path("onnx-light/light_squeezenet.onnx")),
            CompilerOptions.defaults());
    assertThat(model.report().toText().lines()).allMatch(line -> line.length() <= 100);
    assertThat(model.report().rows()).anyMatch(row -> row.operator().equals("Conv"));
  }
}
