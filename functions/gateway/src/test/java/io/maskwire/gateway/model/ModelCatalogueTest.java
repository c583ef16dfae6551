package io.maskwire.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.store.FileContainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {
  private static final int SEALING_BYTES = 100;
  private static final ModelVersionName OLD = new ModelVersionName("lenet", "a".repeat(32));
  private static final ModelVersionName NEW = new ModelVersionName("lenet", "b".repeat(32));

  @TempDir Path folder;
  private FileContainer models;
  private ModelCatalogue catalogue;

  @BeforeEach
  void start() {
    models = new FileContainer(folder);
    catalogue = new ModelCatalogue(models, SEALING_BYTES);
  }

  private void publish(ModelVersionName name, Instant when) throws IOException {
    String manifest =
        """
        {"format": "maskwire-model", "version": 1, "program": "%s", "rounds": 5,
         "inputs": [{"name": "x", "shape": [3, 7], "width": 37},
                    {"name": "y", "shape": [2], "width": 12}]}
        """
            .formatted("cd".repeat(32));
    String blob = name.blob("manifest.json");
    models.put(blob, manifest.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(folder.resolve(blob), FileTime.from(when));
  }

  private static Program.Input input(int id, Shape shape, int bits) {
    int count = shape.elements();
    return new Program.Input(
        "input" + id, shape, 0, 1, new Wire.Masked(id, count, BitWidth.of(bits)));
  }

  @Test
  void refresh_severalVersions_listsTheNewestFirst() throws IOException {
    publish(OLD, Instant.parse("2026-01-01T00:00:00Z"));
    publish(NEW, Instant.parse("2026-01-02T00:00:00Z"));
    models.put(NEW.blob("labels.txt"), "cat\ndog\n".getBytes(StandardCharsets.UTF_8));
    catalogue.refresh();
    assertThat(catalogue.all()).extracting(PublishedModel::name).containsExactly(NEW, OLD);
    assertThat(catalogue.newest("lenet"))
        .get()
        .satisfies(
            model -> {
              assertThat(model.labels()).containsExactly("cat", "dog");
              assertThat(model.rounds()).isEqualTo(5);
              assertThat(model.program()).isEqualTo("cd".repeat(32));
            });
    assertThat(catalogue.find("lenet", OLD.version())).isPresent();
    assertThat(catalogue.find("lenet", "../x")).isEmpty();
    assertThat(catalogue.newest("other")).isEmpty();
  }

  @Test
  void refresh_descriptionAndSamples_areThere() throws IOException {
    models.put(NEW.blob("description.txt"), "Cats.\n".getBytes(StandardCharsets.UTF_8));
    models.put(NEW.blob("samples/cat.png"), new byte[] {1, 2, 3});
    publish(NEW, Instant.now());
    publish(OLD, Instant.now());
    catalogue.refresh();
    PublishedModel model = catalogue.find(NEW.model(), NEW.version()).orElseThrow();
    PublishedModel.Sample cat = new PublishedModel.Sample(new SampleName("cat.png"), 3);
    assertThat(model.presentation())
        .isEqualTo(new PublishedModel.Presentation("Cats.", List.of(cat)));
    try (var stream = catalogue.open(model, cat)) {
      assertThat(stream.readAllBytes()).containsExactly(1, 2, 3);
    }
    assertThat(catalogue.find(OLD.model(), OLD.version()).orElseThrow().presentation())
        .isEqualTo(new PublishedModel.Presentation("", List.of()));
  }

  @Test
  void refresh_inputBytes_areThoseOfASealedMaskedInput() throws IOException {
    publish(NEW, Instant.now());
    catalogue.refresh();
    List<Program.Input> inputs = List.of(input(0, Shape.of(3, 7), 37), input(1, Shape.of(2), 12));
    Program program =
        new Program("m", "1", Program.Reveal.USER, inputs, List.of(), List.of(), List.of());
    List<RingTensor> values =
        inputs.stream()
            .map(input -> RingTensor.takeOwnershipOf(input.shape(), new long[input.wire().count()]))
            .toList();
    int encoded =
        new MaskedInput(new ProgramId(new byte[32]), new SessionId(new byte[16]), values)
            .encode(program)
            .length;
    assertThat(catalogue.newest("lenet"))
        .map(PublishedModel::inputBytes)
        .contains(encoded + SEALING_BYTES);
  }

  @Test
  void refresh_brokenVersion_isLeftOut() throws IOException {
    publish(OLD, Instant.now());
    models.put(NEW.blob("manifest.json"), new byte[] {'{'});
    models.put("Not A Model/x/manifest.json", new byte[] {'{'});
    catalogue.refresh();
    assertThat(catalogue.all()).extracting(PublishedModel::name).containsExactly(OLD);
  }

  @Test
  void add_published_isThere() throws IOException {
    publish(NEW, Instant.now());
    catalogue.add(NEW);
    catalogue.add(NEW);
    assertThat(catalogue.all()).hasSize(1);
  }

  @Test
  void newest_publishedBeforeItsEventCame_isThere() throws IOException {
    publish(NEW, Instant.now());

    assertThat(catalogue.newest(NEW.model())).isPresent();
    assertThat(catalogue.newest("other")).isEmpty();
  }

  @Test
  void find_publishedBeforeItsEventCame_isThere() throws IOException {
    publish(NEW, Instant.now());

    assertThat(catalogue.find(NEW.model(), NEW.version())).isPresent();
    assertThat(catalogue.find(NEW.model(), "0".repeat(32))).isEmpty();
    assertThat(catalogue.find("../onnx", "..")).isEmpty();
  }

  @Test
  void retire_knownVersion_isNotOfferedButItsFilesAreThere() throws IOException {
    publish(OLD, Instant.parse("2026-01-01T00:00:00Z"));
    publish(NEW, Instant.parse("2026-01-02T00:00:00Z"));
    catalogue.refresh();

    catalogue.retire(NEW);

    assertThat(catalogue.all()).extracting(PublishedModel::name).containsExactly(OLD);
    assertThat(catalogue.newest("lenet")).map(PublishedModel::name).contains(OLD);
    assertThat(catalogue.offered("lenet", NEW.version())).isEmpty();
    assertThat(catalogue.offered("lenet", OLD.version())).isPresent();
    assertThat(catalogue.find("lenet", NEW.version())).isPresent();
  }

  @Test
  void refresh_markedVersion_isRetiredWithoutItsEvent() throws IOException {
    publish(NEW, Instant.now());
    models.create(NEW.blob(ModelRetired.MARKER), new byte[] {'{', '}'});

    assertThat(catalogue.current()).isEmpty();
    assertThat(catalogue.newest("lenet")).isEmpty();
  }

  @Test
  void add_eventOfAVersionThatIsRetired_isNotOffered() throws IOException {
    publish(NEW, Instant.now());
    models.create(NEW.blob(ModelRetired.MARKER), new byte[] {'{', '}'});

    catalogue.add(NEW);

    assertThat(catalogue.all()).isEmpty();
    assertThat(catalogue.offered("lenet", NEW.version())).isEmpty();
  }

  @Test
  void add_notPublished_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> catalogue.add(NEW));
  }

  @Test
  void open_fileOfSeveralWindows_isWhole() throws IOException {
    byte[] bytes = new byte[(2 << 20) + 12345];
    new Random(1).nextBytes(bytes);
    publish(NEW, Instant.now());
    models.put(NEW.blob("program.bin"), bytes);
    catalogue.add(NEW);
    PublishedModel model = catalogue.newest("lenet").orElseThrow();
    assertThat(catalogue.length(model, ModelFile.PROGRAM)).contains((long) bytes.length);
    try (var stream = catalogue.open(model, ModelFile.PROGRAM)) {
      assertThat(stream.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(catalogue.length(model, ModelFile.LABELS)).isEmpty();
  }
}
