package io.maskwire.compiler.console;

import static io.maskwire.compiler.console.ConsoleClient.bytes;
import static io.maskwire.compiler.console.ConsoleClient.form;
import static io.maskwire.compiler.console.ConsoleClient.name;
import static io.maskwire.compiler.console.ConsoleClient.open;
import static io.maskwire.compiler.console.ConsoleClient.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.maskwire.compiler.UploadModels;
import io.maskwire.compiler.function.LocalSurroundings;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The owner's console between a real broker and its store. */
@QuarkusTest
@QuarkusTestResource(LocalSurroundings.class)
@Timeout(300)
class ConsoleTest {
  private final OwnersBroker broker =
      new OwnersBroker(
          Path.of(ConfigProvider.getConfig().getValue(LocalSurroundings.FOLDER, String.class)));
  private final BlobContainer onnx = open(Container.ONNX);
  private final BlobContainer models = open(Container.MODELS);

  @Test
  void upload_goodModel_isPublishedWithItsReport() {
    JsonPath entry =
        publish(
            "whole",
            form(UploadModels.perceptron())
                .multiPart("labels", "labels.txt", bytes("a\nb\nc\n"), "text/plain")
                .multiPart("preprocess", "p.yaml", bytes("input: tensor\n"), "text/plain")
                .multiPart(
                    "calibration",
                    "0.pb",
                    UploadModels.sample(1, 1, UploadModels.INPUTS),
                    "application/octet-stream"));

    assertThat(entry.getString("state")).as(entry.prettify()).isEqualTo("published");
    assertThat(entry.getInt("cost.rounds")).isPositive();
    assertThat(entry.getLong("cost.keyBytes")).isPositive();
    assertThat(entry.getLong("cost.weightBytes")).isPositive();
    ModelVersionName name = name(entry);
    assertThat(models.read(name.blob("labels.txt"))).contains(bytes("a\nb\nc\n"));
    assertThat(models.read(name.blob("preprocess.yaml"))).contains(bytes("input: tensor\n"));
    given()
        .get("/api/models/%s/report".formatted(name))
        .then()
        .statusCode(200)
        .body("state", equalTo("published"))
        .body("report.rounds", greaterThan(0))
        .body("report.cost.messageBytes", greaterThan(0))
        .body("report.nodes.operator", not(empty()))
        .body("report.nodes[0].certainty", equalTo("PROVEN"));
    given()
        .get("/api/models")
        .then()
        .statusCode(200)
        .body("findAll { it.model == 'whole' }", hasSize(1))
        .body("find { it.model == 'whole' }.version", equalTo(name.version()));
  }

  @Test
  void upload_unsupportedModel_reportNamesEveryNodeAndItIsAudited() {
    JsonPath entry = publish("odd", form(UploadModels.unsupported()));

    assertThat(entry.getString("state")).isEqualTo("failed");
    given()
        .get("/api/models/%s/report".formatted(name(entry)))
        .then()
        .statusCode(200)
        .body("problem.error", equalTo("unsupported-model"))
        .body("problem.nodes.operator", contains("Softplus", "Selu"))
        .body("problem.nodes[0].hint", not(empty()));
    assertThat(models.list("odd/")).isEmpty();
    String audited =
        broker
            .await(Domain.OWNER, "audit-owner", record -> OwnersBroker.text(record).contains("odd"))
            .value();
    assertThat(audited).contains("\"reason\":\"unsupported-model\"", "\"function\":\"compiler\"");
    given()
        .get("/q/metrics")
        .then()
        .body(containsString("maskwire_refusals_total{reason=\"unsupported-model\"}"));
  }

  @Test
  void upload_wrongForms_areRefusedAndNothingIsStored() {
    refused(form(UploadModels.perceptron()).post("/api/models/No_Name"), 400, "malformed");
    refused(form(new byte[0]).post("/api/models/wrong"), 400, "malformed");
    refused(
        given().multiPart("labels", "l", bytes("a"), "text/plain").post("/api/models/wrong"),
        400,
        "malformed");
    refused(
        form(UploadModels.perceptron())
            .multiPart("labels", "l", new byte[] {(byte) 0xff}, "text/plain")
            .post("/api/models/wrong"),
        400,
        "malformed");
    refused(
        form(UploadModels.perceptron()).multiPart("scale", "much").post("/api/models/wrong"),
        400,
        "malformed");
    given()
        .contentType("application/octet-stream")
        .body(UploadModels.perceptron())
        .post("/api/models/wrong")
        .then()
        .statusCode(415);

    assertThat(onnx.list("wrong/")).isEmpty();
    assertThat(onnx.list("No_Name/")).isEmpty();
  }

  @Test
  void upload_tooLarge_isRefused() {
    form(new byte[3 << 20]).post("/api/models/large").then().statusCode(413);

    assertThat(onnx.list("large/")).isEmpty();
  }

  private static void refused(io.restassured.response.Response answer, int status, String error) {
    answer
        .then()
        .statusCode(status)
        .contentType("application/json")
        .body("error", equalTo(error))
        .body("message", not(empty()));
  }

  @Test
  void change_fromAnotherSitesPage_isRefused() {
    ModelVersionName name = name(publish("victim", form(UploadModels.perceptron())));

    refused(
        given().header("Sec-Fetch-Site", "cross-site").post("/api/models/" + name + "/retire"),
        403,
        "foreign-site");

    given().get("/api/models/" + name).then().body("state", equalTo("published"));
  }

  @Test
  void retire_publishedVersion_isMarkedAndAnnounced() {
    ModelVersionName name = name(publish("old", form(UploadModels.perceptron())));

    given()
        .header("Sec-Fetch-Site", "same-origin")
        .post("/api/models/" + name + "/retire")
        .then()
        .statusCode(200)
        .body("state", equalTo("retired"));

    assertThat(models.length(name.blob(ModelRetired.MARKER))).isPresent();
    var event =
        broker.await(
            Domain.USER,
            "models",
            record ->
                OwnersBroker.type(record).equals(EventType.MODEL_RETIRED)
                    && OwnersBroker.text(record).contains(name.version()));
    assertThat(event.key()).isEqualTo(name.toString());
    assertThat(ModelRetired.fromJson(bytes(event.value())).name()).isEqualTo(name);
    given().post("/api/models/" + name + "/retire").then().statusCode(200);
    refused(given().post("/api/models/old/" + "0".repeat(32) + "/retire"), 404, "unknown-version");
    refused(given().get("/api/models/old/" + "0".repeat(32)), 404, "unknown-version");
  }

  @Test
  void upload_moreVersionsThanAreKept_retiresAnOlderOne() {
    List<ModelVersionName> published = new ArrayList<>();
    for (int i = 0; i <= LocalSurroundings.KEEP; i++) {
      published.add(name(publish("kept", form(UploadModels.perceptron()))));
    }

    JsonPath all = given().get("/api/models").then().extract().jsonPath();

    assertThat(all.getList("findAll { it.model == 'kept' && it.state == 'retired' }")).hasSize(1);
    assertThat(all.getList("findAll { it.model == 'kept' && it.state == 'published' }.version"))
        .hasSize(LocalSurroundings.KEEP)
        .asString()
        .contains(published.getLast().version());
  }

  @Test
  void sessions_openedAndEnded_areCountedOnceByModelAndDay() {
    SessionId first = session();
    SessionId second = session();
    ModelVersionName name = new ModelVersionName("counted", "c".repeat(32));
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    opened(first, name);
    opened(first, name);
    broker.send("sessions", EventType.SESSION_OPENED, bytes("{\"poison\":1}"));

    assertThat(counted(today)).containsExactly(1, 0, 0);

    opened(second, name);
    ended(first, name, SessionEnded.Outcome.COMPLETED);
    ended(second, name, SessionEnded.Outcome.EXPIRED);
    ended(second, name, SessionEnded.Outcome.EXPIRED);

    assertThat(counted(today)).containsExactly(2, 1, 1);
  }

  private static SessionId session() {
    return new SessionId(HexFormat.of().parseHex(UUID.randomUUID().toString().replace("-", "")));
  }

  private void opened(SessionId session, ModelVersionName name) {
    broker.send(
        "sessions",
        EventType.SESSION_OPENED,
        new SessionOpened(session, name, new byte[65], Instant.now()).toJson());
  }

  private void ended(SessionId session, ModelVersionName name, SessionEnded.Outcome outcome) {
    broker.send(
        "sessions", EventType.SESSION_ENDED, new SessionEnded(session, name, outcome).toJson());
  }

  private static List<Integer> counted(String day) {
    JsonPath days = given().get("/api/sessions/daily").then().statusCode(200).extract().jsonPath();
    String one = "find { it.model == 'counted' && it.day == '%s' }.".formatted(day);
    return List.of(
        days.getInt(one + "opened"), days.getInt(one + "completed"), days.getInt(one + "expired"));
  }

  @Test
  void stock_ofTheDealer_isHandedOn() {
    given().get("/api/stock").then().statusCode(200).body("versions", empty());
  }

  @Test
  void page_always_hasAStrictPolicy() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"))
        .header("Content-Security-Policy", containsString("default-src 'none'; script-src 'self'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("X-Content-Type-Options", "nosniff")
        .body(containsString("app/console.js"));
    given().get("/app/console.js").then().statusCode(200);
    given()
        .get("/api/models")
        .then()
        .header("Content-Security-Policy", equalTo("default-src 'none'; frame-ancestors 'none'"));
    refused(given().get("/api/nothing"), 404, "not-found");
    refused(given().delete("/api/models"), 405, "method-not-allowed");
  }

  @Test
  void operations_openApi_describesTheConsole() {
    given()
        .accept("application/json")
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths", hasKey("/api/models/{model}/{version}/retire"))
        .body("components.schemas", hasKey("UploadForm"))
        .body("components.schemas.UploadForm.properties.description.maxLength", equalTo(1_000))
        .body("components.schemas.UploadForm.properties.sample.maxItems", equalTo(8))
        .body("components.schemas.ModelEntry.properties", hasKey("shown"));
  }
}
