package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.Purpose;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Container.Domain;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The running application, on a real broker with its rights. */
@QuarkusTest
@WithTestResource(LocalGateway.class)
@Timeout(120)
class GatewayTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ELEMENTS = 50;
  private static final int ROUNDS = 3;

  @Inject Config config;

  @SuppressWarnings("NullAway.Init") // set by Quarkus
  @TestHTTPResource
  URI root;

  private Domains domains;
  private ModelVersionName name;
  private String resultKey;

  private record Opened(SessionId session, String token) {
    RequestSpecification given() {
      return io.restassured.RestAssured.given().auth().oauth2(token);
    }

    String path(String more) {
      return "/api/sessions/" + session + more;
    }
  }

  @BeforeEach
  void publishModel() {
    domains = new Domains(config);
    resultKey = HexFormat.of().formatHex(SealKeys.encode(SealKeys.generate(RANDOM).getPublic()));
    name = new ModelVersionName("m" + hex().substring(0, 12), hex());
    domains.publish(name, ROUNDS, ELEMENTS);
    until(() -> versions().contains(name.version()));
  }

  @AfterEach
  void close() {
    domains.close();
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static List<String> versions() {
    return given().get("/api/models").then().statusCode(200).extract().path("version");
  }

  private Response post() {
    return given()
        .contentType("application/json")
        .body("{\"model\": \"%s\", \"resultKey\": \"%s\"}".formatted(name.model(), resultKey))
        .post("/api/sessions");
  }

  /** As clients do: the news of keys may still be on its way, and until then the stock is empty. */
  private Response postPatiently() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Response response = post();
    while (response.statusCode() == 503) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      response = post();
    }
    return response;
  }

  private Opened open() {
    domains.deal(name, SessionIds.parse(hex()));
    Response response = postPatiently();
    response.then().statusCode(201);
    return new Opened(SessionIds.parse(response.path("session")), response.path("token"));
  }

  private static byte[] sealed(Opened opened) {
    List<ECPublicKey> keys =
        List.of(
            (ECPublicKey) SealKeys.generate(RANDOM).getPublic(),
            (ECPublicKey) SealKeys.generate(RANDOM).getPublic());
    byte[] masked = new byte[4 + 2 + 32 + 16 + ELEMENTS];
    return Envelope.seal(Purpose.input(opened.session()), masked, keys, RANDOM);
  }

  private static Response put(Opened opened, byte[] bytes) {
    return opened
        .given()
        .contentType("application/octet-stream")
        .body(bytes)
        .put(opened.path("/input"));
  }

  private List<ConsumerRecord<String, byte[]>> read(String topic, Opened opened, int count) {
    return domains.read(topic, count, record -> opened.session().toString().equals(record.key()));
  }

  private static String header(ConsumerRecord<String, byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  @Test
  void models_published_areListedWithTheirFiles() {
    given()
        .get("/api/models")
        .then()
        .statusCode(200)
        .body("findAll { it.version == '%s' }".formatted(name.version()), hasSize(1))
        .body("find { it.version == '%s' }.rounds".formatted(name.version()), equalTo(ROUNDS))
        .body("find { it.version == '%s' }.labels".formatted(name.version()), hasItems("cat"))
        .body(
            "find { it.version == '%s' }.published".formatted(name.version()), containsString("T"));
    given()
        .get("/api/models/" + name.blob("program.bin"))
        .then()
        .statusCode(200)
        .contentType("application/octet-stream")
        .header("Cache-Control", containsString("immutable"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", startsWith("default-src 'none'"))
        .body(equalTo("program"));
  }

  @Test
  void modelFile_whatIsNotPublished_isNotFound() {
    for (String file :
        List.of(
            "weights.bin",
            "..%2fprogram.bin",
            "%2e%2e%2f%2e%2e%2fsessions",
            "preprocess.yaml",
            "program.bin%00")) {
      given()
          .urlEncodingEnabled(false)
          .get("/api/models/%s/%s/%s".formatted(name.model(), name.version(), file))
          .then()
          .statusCode(404)
          .contentType("application/json")
          .body("error", equalTo("not-found"));
    }
    for (String model : List.of("%2e%2e", "..%2f..%2fetc", "nothing", "A")) {
      given()
          .urlEncodingEnabled(false)
          .get("/api/models/%s/%s/program.bin".formatted(model, name.version()))
          .then()
          .statusCode(404)
          .body("error", oneOf("unknown-model", "not-found"));
    }
  }

  @Test
  void open_keysInStock_bindsThemAndTellsEverybody() {
    SessionId dealt = SessionIds.parse(hex());
    domains.deal(name, dealt);
    Response response = postPatiently();
    response
        .then()
        .statusCode(201)
        .header("Location", containsString("/api/sessions/" + dealt))
        .header("Cache-Control", "no-store")
        .body("session", equalTo(dealt.toString()))
        .body("model", equalTo(name.model()))
        .body("version", equalTo(name.version()))
        .body("program", equalTo("cd".repeat(32)))
        .body("expires", containsString("T"))
        .body(
            "masks",
            equalTo(
                "https://dealer.example/masks/%s?model=%s&version=%s"
                    .formatted(dealt, name.model(), name.version())))
        .body("parties", hasSize(2))
        .body("parties[1]", startsWith("-----BEGIN CERTIFICATE-----"));
    Opened opened = new Opened(dealt, response.path("token"));
    ConsumerRecord<String, byte[]> event = read("sessions", opened, 1).getFirst();
    assertThat(header(event, "ce_type")).isEqualTo("io.maskwire.session.opened.v1");
    assertThat(header(event, "ce_subject")).isEqualTo(dealt.toString());
    assertThat(HexFormat.of().formatHex(SessionOpened.fromJson(event.value()).resultKey()))
        .isEqualTo(resultKey);
    opened
        .given()
        .get(opened.path(""))
        .then()
        .statusCode(200)
        .body("state", equalTo("opened"))
        .body("round", equalTo(0))
        .body("rounds", equalTo(ROUNDS));
  }

  @Test
  void open_emptyStock_saysWhenToTryAgain() {
    post().then().statusCode(503).header("Retry-After", "1").body("error", equalTo("stock-empty"));
  }

  @Test
  void open_requestThatIsNone_isMalformed() {
    for (String body :
        List.of(
            "",
            "[]",
            "{",
            "{\"model\": 1}",
            "{\"model\": \"MODEL\"}",
            "{\"model\": \"MODEL\", \"resultKey\": \"04\"}")) {
      given()
          .contentType("application/json")
          .body(body.replace("MODEL", name.model()))
          .post("/api/sessions")
          .then()
          .statusCode(400)
          .body("error", equalTo("malformed"));
    }
  }

  @Test
  void open_unknownModelOrVersion_isNotFound() {
    for (String request :
        List.of(
            "{\"model\": \"../x\", \"resultKey\": \"KEY\"}",
            "{\"model\": \"MODEL\", \"version\": \"x\", \"resultKey\": \"KEY\"}")) {
      given()
          .contentType("application/json")
          .body(request.replace("MODEL", name.model()).replace("KEY", resultKey))
          .post("/api/sessions")
          .then()
          .statusCode(404)
          .body("error", equalTo("unknown-model"));
    }
  }

  @Test
  void upload_againAndOther_tellsAgainAndRefuses() {
    Opened opened = open();
    byte[] first = sealed(opened);
    put(opened, first).then().statusCode(202);
    put(opened, first).then().statusCode(202);
    put(opened, sealed(opened)).then().statusCode(409).body("error", equalTo("other-input"));
    List<ConsumerRecord<String, byte[]>> events = read("inputs", opened, 2);
    assertThat(events).hasSize(2);
    assertThat(InputUploaded.fromJson(events.getFirst().value()).name()).isEqualTo(name);
    assertThat(domains.container(Container.INPUTS).read(opened.session().toString()))
        .contains(first);
    assertThat(
            domains.read(
                "audit-user",
                1,
                record ->
                    new String(record.value(), StandardCharsets.UTF_8)
                        .contains(opened.session().toString())))
        .singleElement()
        .satisfies(
            record ->
                assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .contains("other-input"));
    opened.given().get(opened.path("")).then().body("state", equalTo("running"));
    opened
        .given()
        .get(opened.path("/result"))
        .then()
        .statusCode(202)
        .body("state", equalTo("running"));
  }

  @Test
  void upload_tooLongOrOfAnotherKind_isRefused() {
    Opened opened = open();
    put(opened, new byte[1 << 20]).then().statusCode(413).body("error", equalTo("too-large"));
    put(opened, new byte[3]).then().statusCode(400).body("error", equalTo("malformed"));
    opened
        .given()
        .contentType("text/plain")
        .body("x")
        .put(opened.path("/input"))
        .then()
        .statusCode(415)
        .body("error", equalTo("unsupported-media-type"));
  }

  @Test
  void tokens_missingGarbledOrForeign_areRefused() {
    Opened opened = open();
    Opened other = open();
    for (String path : List.of("", "/events", "/result")) {
      given()
          .get(opened.path(path))
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", "Bearer")
          .body("error", equalTo("no-token"));
      given()
          .auth()
          .oauth2(opened.token().replace('e', 'f'))
          .get(opened.path(path))
          .then()
          .statusCode(401)
          .body("error", equalTo("bad-token"));
      other
          .given()
          .get(opened.path(path))
          .then()
          .statusCode(403)
          .body("error", equalTo("foreign-token"));
    }
    given()
        .contentType("application/octet-stream")
        .body(new byte[10])
        .put(opened.path("/input"))
        .then()
        .statusCode(401);
    other
        .given()
        .contentType("application/octet-stream")
        .body(sealed(opened))
        .put(opened.path("/input"))
        .then()
        .statusCode(403);
    assertThat(domains.container(Container.INPUTS).read(opened.session().toString())).isEmpty();
  }

  @Test
  void inference_roundsThenBothShares_areStreamedInOrder() throws Exception {
    Opened opened = open();
    put(opened, sealed(opened)).then().statusCode(202);
    URI address = root.resolve(opened.path("/events"));
    // The first round is repeated until the application hears: it listens to what comes, only.
    until(
        () -> {
          domains.round(opened.session(), 0);
          return opened.given().get(opened.path("")).<Integer>path("round") == 1;
        });
    try (EventReader events = new EventReader(address, opened.token())) {
      assertThat(events.next()).isEqualTo("round {\"round\":1,\"rounds\":3}");
      domains.round(opened.session(), 0);
      domains.round(opened.session(), 1);
      assertThat(events.next()).isEqualTo("round {\"round\":2,\"rounds\":3}");
      try (EventReader second = new EventReader(address, opened.token())) {
        assertThat(second.next()).isEqualTo("round {\"round\":2,\"rounds\":3}");
        assertThat(second.hasComment()).isTrue();
      }
      domains.round(opened.session(), 2);
      assertThat(events.next()).isEqualTo("round {\"round\":3,\"rounds\":3}");
      byte[] share0 = {1, 2, 3};
      byte[] share1 = {4, 5};
      domains.result(opened.session(), 0, share0);
      domains.result(opened.session(), 0, new byte[] {9});
      domains.result(opened.session(), 1, share1);
      assertThat(events.next()).isEqualTo("completed {\"state\":\"completed\"}");
      assertThat(events.next()).isEqualTo("end");
      opened
          .given()
          .get(opened.path("/result"))
          .then()
          .statusCode(200)
          .body("party0", equalTo(Base64.getEncoder().encodeToString(share0)))
          .body("party1", equalTo(Base64.getEncoder().encodeToString(share1)));
    }
    try (EventReader late = new EventReader(address, opened.token())) {
      assertThat(late.next()).isEqualTo("completed {\"state\":\"completed\"}");
      assertThat(late.next()).isEqualTo("end");
    }
    List<ConsumerRecord<String, byte[]>> events = read("sessions", opened, 2);
    assertThat(SessionEnded.fromJson(events.getLast().value()))
        .isEqualTo(new SessionEnded(opened.session(), name, SessionEnded.Outcome.COMPLETED));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("maskwire_session_seconds_bucket"))
        .body(containsString("maskwire_sessions_opened_total"))
        .body(containsString("maskwire_sessions_completed_total"))
        .body(containsString("maskwire_ready_keys{"));
  }

  @Test
  void results_poison_goesToDeadLettersAndBlocksNothing() {
    Opened opened = open();
    put(opened, sealed(opened)).then().statusCode(202);
    String poison = hex();
    domains.sendRaw(Domain.OWNER, new ProducerRecord<>("results", poison, new byte[] {1}));
    domains.result(SessionIds.parse(poison), 0, new byte[] {1});
    domains.send(
        Domain.OWNER,
        "results",
        opened.session(),
        Map.of("type", "io.maskwire.result.shared.v1", "party", "0", "dataref", "../../x"),
        new byte[0]);
    domains.result(opened.session(), 0, new byte[] {1});
    domains.result(opened.session(), 1, new byte[] {2});
    assertThat(domains.read("dead-letter-user", 2, record -> poison.equals(record.key())))
        .hasSize(2);
    assertThat(read("dead-letter-user", opened, 1)).hasSize(1);
    until(() -> opened.given().get(opened.path("/result")).statusCode() == 200);
  }

  @Test
  void problems_everywhere_areJson() {
    given().get("/api/nothing").then().statusCode(404).body("error", equalTo("not-found"));
    given().get("/nothing").then().statusCode(404).body("error", equalTo("not-found"));
    given()
        .delete("/api/models")
        .then()
        .statusCode(405)
        .body("error", equalTo("method-not-allowed"));
  }

  @Test
  void operations_openApiAndHealth_areThere() {
    given()
        .accept("application/json")
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths", hasKey("/api/sessions/{id}/input"))
        .body("components.securitySchemes", hasKey("session-token"))
        .body("components.schemas", hasKey("SessionRequest"));
    until(() -> given().get("/q/health/ready").statusCode() == 200);
    given().get("/q/health/ready").then().body("checks.name", hasItems("store"));
  }
}
