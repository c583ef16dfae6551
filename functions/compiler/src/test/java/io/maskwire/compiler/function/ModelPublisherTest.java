package io.maskwire.compiler.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.compiler.CompiledModel;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.UploadModels;
import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.importer.UnsupportedNode;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.crypto.execution.Owner;
import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.crypto.wire.WeightsCodec;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.input.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPublisherTest {
  @TempDir private Path root = Path.of("");
  private final List<ModelPublished> announced = new ArrayList<>();
  private final VersionSeeds seeds = VersionSeeds.random(new SecureRandom());
  private Upload upload;
  private ModelPublisher publisher;

  @BeforeEach
  void open() {
    upload = Upload.in(root);
    publisher = new ModelPublisher(upload.containers, this::register, announced::add);
  }

  /** The dealer: answers only for a version whose program is published, and nothing else yet. */
  private byte[] register(ModelVersionName name, ProgramId program) {
    assertThat(names(upload.containers.models())).containsExactly(name.blob("program.bin"));
    byte[] published = read(upload.containers.models(), name, "program.bin");
    assertThat(ProgramCodec.idOf(published)).isEqualTo(program);
    return new VersionKey(program, VersionKey.Reader.OWNER, List.of(seeds.party0(), seeds.party1()))
        .encode();
  }

  private static List<String> names(BlobContainer container) {
    return container.list("").stream().map(BlobEntry::name).toList();
  }

  private static byte[] read(BlobContainer container, ModelVersionName name, String file) {
    return container.read(name.blob(file)).orElseThrow();
  }

  private void assertNothingPublished() {
    assertThat(names(upload.containers.models())).noneMatch(name -> name.endsWith("manifest.json"));
    assertThat(names(upload.containers.maskedWeights())).isEmpty();
    assertThat(announced).isEmpty();
  }

  @Test
  void publish_completeUpload_everythingIsThereAndAnnounced() {
    ModelPublisher.Published published =
        publisher.publish(upload.complete(UploadModels.perceptron()));
    ModelVersionName name = published.name();
    assertThat(name.model()).isEqualTo("tiny");
    assertThat(names(upload.containers.models()))
        .containsExactly(
            name.blob("description.txt"),
            name.blob("labels.txt"),
            name.blob("manifest.json"),
            name.blob("preprocess.yaml"),
            name.blob("program.bin"),
            name.blob("program.txt"),
            name.blob("samples/first.pb"),
            name.blob("stripped.onnx"));
    assertThat(names(upload.containers.maskedWeights())).containsExactly(name.blob("weights.bin"));
    assertThat(announced).containsExactly(new ModelPublished(name, published.program()));
    assertThat(
            new String(
                read(upload.containers.models(), name, "labels.txt"), StandardCharsets.UTF_8))
        .isEqualTo("a\nb\nc\n");
    assertThat(
            new String(
                read(upload.containers.models(), name, "program.txt"), StandardCharsets.UTF_8))
        .contains("calibrated");
  }

  @Test
  void publish_manifest_saysWhatAClientNeeds() {
    ModelPublisher.Published published = publisher.publish(upload.bare(UploadModels.perceptron()));
    JsonObject manifest =
        JsonObject.parse(
            read(upload.containers.models(), published.name(), "manifest.json"), "the manifest");
    assertThat(manifest.text("model")).isEqualTo("tiny");
    assertThat(manifest.text("modelVersion")).isEqualTo(published.name().version());
    assertThat(new ProgramId(manifest.bytes("program"))).isEqualTo(published.program());
    assertThat(manifest.number("rounds")).isPositive();
    assertThat(manifest.tree().at("/inputs/0/shape").toString()).isEqualTo("[1,5]");
    assertThat(manifest.tree().at("/outputs/0/scale").isInt()).isTrue();
    assertThat(manifest.tree().at("/architecture/nodes/0/operator").asText()).isEqualTo("MatMul");
    assertThat(manifest.tree().at("/architecture/nodes/0/parameters").toString())
        .isEqualTo("[[5,4]]");
    assertThat(manifest.tree().at("/architecture/nodes/0/from").toString()).isEqualTo("[0]");
    assertThat(manifest.tree().at("/architecture/nodes/1/operator").asText()).isEqualTo("Relu");
    assertThat(manifest.tree().at("/architecture/nodes/1/from").toString()).isEqualTo("[1]");
    assertThat(manifest.tree().at("/architecture/nodes/2/shape").asText()).isEqualTo("[1, 3]");
    assertThat(manifest.tree().at("/architecture/nodes/1").has("shape")).isFalse();
  }

  /** W^ - r_W = W mod 2^N, and W^ is not W. */
  @Test
  void publish_maskedWeights_areTheWeightsPlusTheMask() throws IOException {
    ModelUploaded event = upload.complete(UploadModels.perceptron());
    ModelPublisher.Published published = publisher.publish(event);
    Program program =
        ProgramCodec.decode(read(upload.containers.models(), published.name(), "program.bin"));
    byte[] file = read(upload.containers.maskedWeights(), published.name(), "weights.bin");
    List<RingTensor> masked =
        WeightsCodec.read(
            new ByteArrayInputStream(file), WeightsCodec.Kind.MASKED, program, published.program());
    UploadedModel again = UploadedModel.read(event, upload.containers.onnx());
    CompiledModel compiled = Compiler.compile(again.model(), again.options());
    List<RingTensor> zero =
        program.weights().stream()
            .map(tensor -> RingTensor.takeOwnershipOf(new long[tensor.count()]))
            .toList();
    List<RingTensor> mask = Owner.maskWeights(program, zero, seeds);
    for (int i = 0; i < masked.size(); i++) {
      var width = program.weights().get(i).width();
      long[] difference = masked.get(i).values().clone();
      for (int k = 0; k < difference.length; k++) {
        difference[k] = width.toSigned(difference[k] - mask.get(i).get(k));
      }
      assertThat(difference).isEqualTo(compiled.weights().get(i).values());
      assertThat(Arrays.equals(masked.get(i).values(), difference)).isFalse();
    }
  }

  @Test
  void publish_twice_twoVersions() {
    ModelUploaded event = upload.bare(UploadModels.perceptron());
    ModelVersionName first = publisher.publish(event).name();
    publisher =
        new ModelPublisher(
            upload.containers,
            (_, program) ->
                new VersionKey(
                        program, VersionKey.Reader.OWNER, List.of(seeds.party0(), seeds.party1()))
                    .encode(),
            announced::add);
    assertThat(publisher.publish(event).name()).isNotEqualTo(first);
    assertThat(announced).hasSize(2);
  }

  @Test
  void publish_unsupportedModel_namesEveryNodeAndPublishesNothing() {
    ModelUploaded event = upload.bare(UploadModels.unsupported());
    assertThatThrownBy(() -> publisher.publish(event))
        .isInstanceOfSatisfying(
            UnsupportedModelException.class,
            e ->
                assertThat(e.nodes())
                    .extracting(UnsupportedNode::operator)
                    .containsExactly("Softplus", "Selu"));
    assertNothingPublished();
    assertThat(names(upload.containers.models())).isEmpty();
  }

  @Test
  void publish_corruptFiles_saidAndNothingPublished() {
    byte[] good = UploadModels.perceptron();
    for (byte[] bad :
        new byte[][] {
          new byte[0],
          "no ONNX".getBytes(StandardCharsets.UTF_8),
          Arrays.copyOf(good, good.length / 2)
        }) {
      ModelUploaded event = upload.bare(bad);
      assertThatThrownBy(() -> publisher.publish(event)).isInstanceOf(CorruptModelException.class);
    }
    ModelUploaded event = upload.complete(good);
    upload.put("tiny/1/1.pb", "no tensor".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> publisher.publish(event))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("tiny/1/1.pb");
    assertNothingPublished();
  }

  @Test
  void publish_missingBlob_saysWhich() {
    ModelUploaded event = Upload.event(List.of(), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> publisher.publish(event))
        .isInstanceOf(MissingBlobException.class)
        .hasMessageContaining("tiny/1/model.onnx");
  }

  @Test
  void publish_sampleTooLarge_refusedAndNothingPublished() {
    ModelUploaded event = upload.complete(UploadModels.perceptron());
    upload.put("tiny/1/samples/first.pb", new byte[SampleName.LARGEST_BYTES + 1]);
    assertThatThrownBy(() -> publisher.publish(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first.pb")
        .hasMessageContaining(String.valueOf(SampleName.LARGEST_BYTES));
    assertNothingPublished();
  }

  @Test
  void publish_sampleThatTheModelDoesNotTake_refusedAndNothingPublished() {
    ModelUploaded event = upload.complete(UploadModels.perceptron());
    upload.put("tiny/1/samples/first.pb", UploadModels.sample(0, 1, 4));
    assertThatThrownBy(() -> publisher.publish(event))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("first.pb")
        .hasMessageContaining("[1, 5]");
    assertNothingPublished();
  }

  @Test
  void publish_calibrationOfAnotherShape_refused() {
    ModelUploaded event = upload.complete(UploadModels.perceptron());
    upload.put("tiny/1/1.pb", UploadModels.sample(0, 1, 4));
    assertThatThrownBy(() -> publisher.publish(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 4]")
        .hasMessageContaining("[1, 5]");
  }

  @Test
  void publish_dealerAway_nothingHalfPublished() {
    publisher =
        new ModelPublisher(
            upload.containers,
            (_, _) -> {
              throw new DealerException("away");
            },
            announced::add);
    ModelUploaded event = upload.complete(UploadModels.perceptron());
    assertThatThrownBy(() -> publisher.publish(event)).hasMessage("away");
    assertNothingPublished();
  }
}
