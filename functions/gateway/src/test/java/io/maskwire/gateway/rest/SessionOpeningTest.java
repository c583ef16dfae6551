package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.event.SessionOpened;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opening a session binds keys to it. */
@QuarkusTest
@WithTestResource(LocalGateway.class)
@Timeout(120)
class SessionOpeningTest extends GatewayCase {
  @Test
  void open_keysInStock_bindsThemAndTellsEverybody() {
    SessionId dealt = SessionIds.parse(GatewayScene.hex());
    scene.domains().deal(scene.name(), dealt);
    Response response = scene.postPatiently();
    response
        .then()
        .statusCode(201)
        .header("Location", containsString("/api/sessions/" + dealt))
        .header("Cache-Control", "no-store")
        .body("session", equalTo(dealt.toString()))
        .body("model", equalTo(scene.name().model()))
        .body("version", equalTo(scene.name().version()))
        .body("program", equalTo("cd".repeat(32)))
        .body("expires", containsString("T"))
        .body(
            "masks",
            equalTo(
                "https://dealer.example/masks/%s?model=%s&version=%s"
                    .formatted(dealt, scene.name().model(), scene.name().version())))
        .body("parties", hasSize(2))
        .body("parties[1]", startsWith("-----BEGIN CERTIFICATE-----"));
    GatewayScene.Opened opened = new GatewayScene.Opened(dealt, response.path("token"));
    ConsumerRecord<String, byte[]> event = scene.read("sessions", opened, 1).getFirst();
    assertThat(GatewayScene.header(event, "ce_type")).isEqualTo("io.maskwire.session.opened.v1");
    assertThat(GatewayScene.header(event, "ce_subject")).isEqualTo(dealt.toString());
    assertThat(HexFormat.of().formatHex(SessionOpened.fromJson(event.value()).resultKey()))
        .isEqualTo(scene.resultKey());
    opened
        .given()
        .get(opened.path(""))
        .then()
        .statusCode(200)
        .body("state", equalTo("opened"))
        .body("round", equalTo(0))
        .body("rounds", equalTo(GatewayScene.ROUNDS));
  }

  @Test
  void open_emptyStock_saysWhenToTryAgain() {
    scene
        .post()
        .then()
        .statusCode(503)
        .header("Retry-After", "1")
        .body("error", equalTo("stock-empty"));
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
          .body(body.replace("MODEL", scene.name().model()))
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
          .body(request.replace("MODEL", scene.name().model()).replace("KEY", scene.resultKey()))
          .post("/api/sessions")
          .then()
          .statusCode(404)
          .body("error", equalTo("unknown-model"));
    }
  }
}
