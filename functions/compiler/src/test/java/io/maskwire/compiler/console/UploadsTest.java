package io.maskwire.compiler.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.exchange.store.FileContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {
  private static final ModelVersionName NAME = new ModelVersionName("net", "a".repeat(32));

  @TempDir private Path folder = Path.of("");
  private FileContainer onnx;
  private Uploads uploads;
  private Path labels = Path.of("");

  @BeforeEach
  void open() throws IOException {
    onnx = new FileContainer(folder.resolve("onnx"));
    uploads = new Uploads(onnx);
    labels = Files.writeString(folder.resolve("names"), "a\nb\n");
  }

  private UploadForm form(Path model) {
    return new UploadForm(
        new UploadedFiles(
            model,
            Optional.of(labels),
            Optional.empty(),
            List.of(labels, labels),
            List.of(new UploadedFiles.Sample(new SampleName("try.npy"), labels))),
        Optional.of("Small."),
        12,
        28,
        Optional.of(2.5));
  }

  @Test
  void store_completeForm_isAnUploadWithItsEvent() throws IOException {
    Path model = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});

    ModelUploaded event = uploads.store(NAME, form(model));

    assertThat(onnx.read(event.onnx())).contains(new byte[] {1, 2, 3});
    assertThat(event.labels()).contains(NAME.blob("labels.txt"));
    assertThat(event.calibration())
        .containsExactly(NAME.blob("calibration/0000.pb"), NAME.blob("calibration/0001.pb"))
        .allSatisfy(blob -> assertThat(onnx.length(blob)).isPresent());
    assertThat(event.presentation())
        .isEqualTo(new Presentation(Optional.of("Small."), List.of(NAME.blob("samples/try.npy"))));
    assertThat(onnx.read(NAME.blob("samples/try.npy"))).contains(Files.readAllBytes(labels));
    assertThat(event.inputBound()).contains(2.5);
    assertThat(uploads.find(NAME).orElseThrow().outcome()).isEqualTo(Uploads.Outcome.NONE);
  }

  @Test
  void store_failsInTheMiddle_nothingIsLeft() {
    assertThatThrownBy(() -> uploads.store(NAME, form(folder.resolve("missing"))))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(onnx.list("")).isEmpty();
    assertThat(uploads.find(NAME)).isEmpty();
  }

  @Test
  void outcome_either_isWhatBecameOfIt() throws IOException {
    Path model = Files.write(folder.resolve("file"), new byte[] {1});
    ModelVersionName version = new ModelVersionName("net", "b".repeat(32));
    ModelVersionName bad = new ModelVersionName("net", "c".repeat(32));
    uploads.store(NAME, form(model));
    uploads.store(bad, form(model));

    uploads.published(NAME, version);
    uploads.failed(bad, JsonObject.create().put("error", "corrupt-model"));

    assertThat(uploads.version(NAME)).contains(version);
    assertThat(uploads.problem(bad).orElseThrow().text("error")).isEqualTo("corrupt-model");
    assertThat(uploads.all())
        .extracting(Uploads.Upload::outcome)
        .containsExactly(Uploads.Outcome.PUBLISHED, Uploads.Outcome.FAILED);
  }

  @Test
  void list_foldersOfTheCommandLine_areNoUploads() {
    onnx.create("net/4f1c2a5e-0000-4000-8000-000000000000/model.onnx", new byte[1]);

    assertThat(uploads.all()).isEmpty();
  }
}
