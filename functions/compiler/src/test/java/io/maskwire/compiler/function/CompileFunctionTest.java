package io.maskwire.compiler.function;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.maskwire.compiler.UploadModels;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.exchange.store.Stores;
import io.maskwire.infra.broker.BrokerAccess;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The running compiler between a real broker and its store. */
@QuarkusTest
@QuarkusTestResource(LocalSurroundings.class)
class CompileFunctionTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder =
      Path.of(ConfigProvider.getConfig().getValue(LocalSurroundings.FOLDER, String.class));
  private final Upload upload =
      new Upload(
          new OwnerContainers(
              open(Container.ONNX), open(Container.MODELS), open(Container.MASKED_WEIGHTS)));

  /** With the rights that the compiler has. */
  private static BlobContainer open(Container container) {
    String key = "maskwire.store.containers.\"%s\"".formatted(container.container());
    return Stores.open(ConfigProvider.getConfig().getValue(key, String.class));
  }

  private static ValidatableResponse send(byte[] data) {
    return given()
        .header("ce-id", "1")
        .header("ce-specversion", "1.0")
        .header("ce-source", "/test")
        .header("ce-type", EventType.MODEL_UPLOADED)
        .contentType("application/json")
        .body(data)
        .post("/")
        .then();
  }

  private static ValidatableResponse send(ModelUploaded event) {
    return send(event.toJson());
  }

  @Test
  void compile_uploadedModel_publishedAndAnnounced() {
    JsonPath answer =
        send(upload.complete(UploadModels.perceptron()))
            .statusCode(200)
            .header("ce-type", EventType.MODEL_PUBLISHED)
            .body("model", equalTo("tiny"))
            .body("millis", greaterThanOrEqualTo(0))
            .extract()
            .jsonPath();
    var name = new ModelVersionName(answer.getString("model"), answer.getString("version"));
    assertThat(upload.containers.models().length(name.blob("manifest.json"))).isPresent();
    assertThat(upload.containers.maskedWeights().length(name.blob("weights.bin"))).isPresent();
    ConsumerRecord<String, byte[]> event = announced(name);
    assertThat(event.key()).isEqualTo(name.toString());
    assertThat(ModelPublished.fromJson(event.value()).program().toBytes())
        .asHexString()
        .isEqualToIgnoringCase(answer.getString("program"));
    given().get("/q/metrics").then().body(containsString("maskwire_compile_seconds_count"));
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  private static String type(ConsumerRecord<String, byte[]> event) {
    return new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
  }

  private ConsumerRecord<String, byte[]> announced(ModelVersionName name) {
    var access = BrokerAccess.in(folder.resolve("broker"));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var consumer =
        new KafkaConsumer<>(
            new HashMap<String, Object>(access.clientProperties(Domain.USER)),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("models").stream()
              .map(partition -> new TopicPartition("models", partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<String, byte[]> event : consumer.poll(Duration.ofSeconds(1))) {
          if (type(event).equals(EventType.MODEL_PUBLISHED)
              && ModelPublished.fromJson(event.value()).name().equals(name)) {
            return event;
          }
        }
      }
    }
    throw new AssertionError("not announced within " + PATIENCE);
  }

  @Test
  void compile_unsupportedModel_answersWithEveryNode() {
    send(upload.bare(UploadModels.unsupported()))
        .statusCode(422)
        .contentType("application/json")
        .body("error", equalTo("unsupported-model"))
        .body("nodes.operator", contains("Softplus", "Selu"))
        .body("nodes[0].shapes", contains("[1, 5]"))
        .body("message", containsString("2 unsupported nodes"));
  }

  @Test
  void compile_corruptFile_saysWhatIsWrong() {
    send(upload.bare("no ONNX".getBytes(StandardCharsets.UTF_8)))
        .statusCode(422)
        .body("error", equalTo("corrupt-model"))
        .body("message", containsString("tiny"));
  }

  @Test
  void compile_missingBlob_notFound() {
    ModelUploaded there = upload.bare(UploadModels.perceptron());
    ModelUploaded event =
        new ModelUploaded(
            there.model(),
            "nowhere/model.onnx",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            there.scale(),
            there.width(),
            there.reveal(),
            Optional.empty(),
            Presentation.NONE);
    send(event).statusCode(404).body("error", equalTo("no-such-blob"));
  }

  @Test
  void compile_malformedEvent_refused() {
    send("{\"model\":\"tiny\"}".getBytes(StandardCharsets.UTF_8))
        .statusCode(400)
        .body("error", equalTo("malformed"))
        .body("message", containsString("lacks"));
  }
}
