package io.maskwire.dealer.function;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.dealer.TestModel;
import io.maskwire.dealer.Tokens;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container.Domain;
import io.maskwire.exchange.store.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The running dealer between a real broker and its store. */
@QuarkusTest
@QuarkusTestResource(LocalSurroundings.class)
class DealerFunctionTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path folder =
      Path.of(ConfigProvider.getConfig().getValue(LocalSurroundings.FOLDER, String.class));
  private final BlobContainer models =
      Stores.open(ConfigProvider.getConfig().getValue(LocalSurroundings.MODELS, String.class));
  private final Broker broker = new Broker(folder);
  private final Tokens gateway = tokens("gateway");
  private final Tokens owner = tokens("owner");

  private Tokens tokens(String issuer) {
    try {
      return Tokens.of(Files.readString(folder.resolve(issuer + ".key")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Registers over HTTP as a compiler does, then publishes and announces. */
  private TestModel publish(String name) {
    TestModel model = new TestModel(name);
    model.publishProgram(models);
    byte[] key =
        given()
            .header("Authorization", owner.header(Tokens.version(model.name())).orElseThrow())
            .contentType("application/json")
            .body(JsonObject.create().put("program", model.id().toBytes()).toBytes())
            .post("/versions/" + model.name())
            .then()
            .statusCode(200)
            .contentType("application/octet-stream")
            .header("Cache-Control", "no-store")
            .extract()
            .asByteArray();
    assertThat(VersionKey.decode(key, VersionKey.Reader.OWNER, model.id()).seeds()).hasSize(2);
    model.publishManifest(models);
    broker.send(
        Domain.OWNER,
        "models",
        Optional.of(EventType.MODEL_PUBLISHED),
        new ModelPublished(model.name(), model.id()).toJson());
    return model;
  }

  private List<KeysReady> ready(TestModel model, int count) {
    return broker
        .await(
            Domain.USER,
            "keys-ready",
            count,
            record -> KeysReady.fromJson(record.value()).name().equals(model.name()))
        .stream()
        .map(record -> KeysReady.fromJson(record.value()))
        .toList();
  }

  private void open(KeysReady keys) {
    broker.send(
        Domain.USER,
        "sessions",
        Optional.of(EventType.SESSION_OPENED),
        new SessionOpened(keys.session(), keys.name(), new byte[65], Instant.now().plusSeconds(600))
            .toJson());
  }

  private String token(KeysReady keys) {
    return gateway.header(Tokens.session(keys.session().toString(), keys.name())).orElseThrow();
  }

  @Test
  void session_fromStockToItsEnd_masksAreThereAndThenGone() {
    TestModel model = publish("whole-life");
    List<KeysReady> ready = ready(model, LocalSurroundings.STOCK);
    assertThat(ready).extracting(KeysReady::session).doesNotHaveDuplicates();
    KeysReady first = ready.getFirst();
    byte[] masks = masks(first);
    assertThat(MaskSeeds.decode(masks).session()).isEqualTo(first.session());
    open(first);
    assertThat(masks(first)).isEqualTo(masks);
    broker.send(
        Domain.USER,
        "sessions",
        Optional.of(EventType.SESSION_ENDED),
        new SessionEnded(first.session(), first.name(), SessionEnded.Outcome.COMPLETED).toJson());
    // Refilled at the latest when it has been erased.
    assertThat(ready(model, LocalSurroundings.STOCK + 1)).hasSize(LocalSurroundings.STOCK + 1);
    given()
        .header("Authorization", token(first))
        .get("/masks/" + first.session())
        .then()
        .statusCode(410)
        .body("error", equalTo("session-ended"));
  }

  @Test
  void session_manyOpened_refilledBeforeTheyEnd() {
    TestModel model = publish("busy");
    ready(model, LocalSurroundings.STOCK).forEach(this::open);
    assertThat(ready(model, 2 * LocalSurroundings.STOCK))
        .extracting(KeysReady::session)
        .doesNotHaveDuplicates();
  }

  private byte[] masks(KeysReady keys) {
    return given()
        .header("Authorization", token(keys))
        .get("/masks/" + keys.session())
        .then()
        .statusCode(200)
        .contentType("application/octet-stream")
        .extract()
        .asByteArray();
  }

  @Test
  void keysReady_event_isACloudEventOfItsSession() {
    TestModel model = publish("cloud-event");
    ConsumerRecord<String, byte[]> record =
        broker
            .await(
                Domain.USER,
                "keys-ready",
                1,
                each -> KeysReady.fromJson(each.value()).name().equals(model.name()))
            .getFirst();
    String session = KeysReady.fromJson(record.value()).session().toString();
    assertThat(record.key()).isEqualTo(session);
    assertThat(header(record, "ce_type")).isEqualTo(EventType.KEYS_READY);
    assertThat(header(record, "ce_source")).isEqualTo("/maskwire/dealer");
    assertThat(header(record, "ce_subject")).isEqualTo(session);
    assertThat(header(record, "ce_model")).isEqualTo(model.name().toString());
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void masks_badTokens_refusedWithJsonAndAudited() {
    TestModel model = publish("refusals");
    List<KeysReady> ready = ready(model, 2);
    KeysReady keys = ready.getFirst();
    String path = "/masks/" + keys.session();
    given()
        .get(path)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer")
        .contentType("application/json")
        .body("error", equalTo("no-token"))
        .body("message", containsString("maskwire-gateway"));
    given()
        .header("Authorization", "Bearer nonsense")
        .get(path)
        .then()
        .statusCode(401)
        .body("error", equalTo("token-refused"));
    given()
        .header("Authorization", token(ready.getLast()))
        .get(path)
        .then()
        .statusCode(403)
        .body("error", equalTo("foreign-token"));
    String audited =
        new String(
            broker
                .await(
                    Domain.DEALER,
                    "audit-dealer",
                    3,
                    record -> new String(record.value(), StandardCharsets.UTF_8).contains(path))
                .getFirst()
                .value(),
            StandardCharsets.UTF_8);
    assertThat(JsonObject.parse(audited.getBytes(StandardCharsets.UTF_8), "audit").text("reason"))
        .isEqualTo("no-token");
  }

  @Test
  void events_poison_goesToTheDeadLettersAndBlocksNothing() {
    byte[] poison = "{\"poison\":1}".getBytes(StandardCharsets.UTF_8);
    broker.send(Domain.USER, "sessions", Optional.of(EventType.SESSION_OPENED), poison);
    broker.send(Domain.USER, "sessions", Optional.empty(), poison);
    broker.sendUnreadable(Domain.USER, "sessions");
    TestModel stray = new TestModel("stray");
    broker.send(
        Domain.OWNER,
        "models",
        Optional.of(EventType.MODEL_PUBLISHED),
        new ModelPublished(stray.name(), stray.id()).toJson());
    TestModel model = publish("after-poison");
    assertThat(ready(model, LocalSurroundings.STOCK)).hasSize(LocalSurroundings.STOCK);
    assertThat(broker.await(Domain.DEALER, "dead-letter-dealer", 4, _ -> true))
        .extracting(record -> header(record, "dead-letter-topic"))
        .contains("sessions", "models");
  }

  @Test
  void retired_version_isNotInStockAndItsMasksAreErased() {
    TestModel model = publish("retired");
    KeysReady first = ready(model, LocalSurroundings.STOCK).getFirst();
    BlobContainer masks =
        Stores.open(
            ConfigProvider.getConfig()
                .getValue("maskwire.store.containers.\"masks\"", String.class));
    String seeds = model.name().blob(first.session() + ".bin");
    assertThat(masks.length(seeds)).isPresent();
    until(() -> ready(levels(), "retired") == LocalSurroundings.STOCK);

    models.create(model.name().blob(ModelRetired.MARKER), new byte[] {'{', '}'});
    broker.send(
        Domain.OWNER,
        "models",
        Optional.of(EventType.MODEL_RETIRED),
        new ModelRetired(model.name()).toJson());

    until(() -> masks.length(seeds).isEmpty());
    until(() -> !levels().getList("versions.model").contains("retired"));
  }

  /** Levels are a second old at most. */
  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static int ready(JsonPath levels, String model) {
    return levels.getInt("versions.find { it.model == '%s' }.ready".formatted(model));
  }

  private static JsonPath levels() {
    return given()
        .get("/stock")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .extract()
        .jsonPath();
  }

  @Test
  void functions_dealAndStatus_reportTheStock() {
    TestModel model = publish("functions");
    ready(model, LocalSurroundings.STOCK);
    given()
        .get("/status")
        .then()
        .statusCode(200)
        .body("versions.model", hasItem("functions"))
        .body("versions.find { it.model == 'functions' }.free", equalTo(LocalSurroundings.STOCK));
    given()
        .header("ce-id", "1")
        .header("ce-specversion", "1.0")
        .header("ce-source", "/test")
        .header("ce-type", EventType.MODEL_PUBLISHED)
        .contentType("application/json")
        .body(new ModelPublished(model.name(), model.id()).toJson())
        .post("/")
        .then()
        .statusCode(200)
        .body("versions.model", hasItem("functions"));
  }

  @Test
  void operations_healthMetricsAndInterface_areThere() {
    TestModel model = publish("operations");
    ready(model, LocalSurroundings.STOCK);
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/health/live").then().statusCode(200);
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("maskwire_stock{model=\"operations\""))
        .body(containsString("maskwire_sessions_dealt_total"))
        .body(containsString("maskwire_deal_seconds_count"));
    given().get("/q/openapi").then().statusCode(200).body(containsString("/masks/{session}"));
  }
}
