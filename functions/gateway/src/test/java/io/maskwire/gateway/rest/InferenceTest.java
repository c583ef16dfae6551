package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.store.Container.Domain;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From an upload to both result shares. */
@QuarkusTest
@WithTestResource(LocalGateway.class)
@Timeout(120)
class InferenceTest extends GatewayCase {
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  @TestHTTPResource
  URI root;

  /** The end brings the first share of each party along. */
  private static final String COMPLETED =
      "completed {\"state\":\"completed\",\"party0\":\"AQID\",\"party1\":\"BAU=\"}";

  @Test
  void inference_roundsThenBothShares_areStreamedInOrder() throws Exception {
    GatewayScene.Opened opened = scene.open();
    GatewayScene.put(opened, GatewayScene.sealed(opened)).then().statusCode(202);
    URI address = root.resolve(opened.path("/events"));
    // The first round is repeated until the application hears: it listens to what comes, only.
    GatewayScene.until(
        () -> {
          scene.domains().round(opened.session(), 0);
          return opened.given().get(opened.path("")).<Integer>path("round") == 1;
        });
    try (EventReader events = new EventReader(address, opened.token())) {
      assertThat(events.next()).isEqualTo("round {\"round\":1,\"rounds\":3}");
      scene.domains().round(opened.session(), 0);
      scene.domains().round(opened.session(), 1);
      assertThat(events.next()).isEqualTo("round {\"round\":2,\"rounds\":3}");
      try (EventReader second = new EventReader(address, opened.token())) {
        assertThat(second.next()).isEqualTo("round {\"round\":2,\"rounds\":3}");
        assertThat(second.hasComment()).isTrue();
      }
      endByTheOwner(opened.session());
      scene.domains().round(opened.session(), 2);
      assertThat(events.next()).isEqualTo("round {\"round\":3,\"rounds\":3}");
      byte[] share0 = {1, 2, 3};
      byte[] share1 = {4, 5};
      scene.domains().result(opened.session(), 0, share0);
      scene.domains().result(opened.session(), 0, new byte[] {9});
      scene.domains().result(opened.session(), 1, share1);
      assertThat(events.next()).isEqualTo(COMPLETED);
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
      assertThat(late.next()).isEqualTo(COMPLETED);
      assertThat(late.next()).isEqualTo("end");
    }
    List<ConsumerRecord<String, byte[]>> events = scene.read("sessions", opened, 2);
    assertThat(SessionEnded.fromJson(events.getLast().value()))
        .isEqualTo(
            new SessionEnded(opened.session(), scene.name(), SessionEnded.Outcome.COMPLETED));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("maskwire_session_seconds_bucket"))
        .body(containsString("maskwire_sessions_opened_total"))
        .body(containsString("maskwire_sessions_completed_total"))
        .body(containsString("maskwire_ready_keys{"));
  }

  /** Sessions end on a topic that the owner may not write; elsewhere its word does not count. */
  private void endByTheOwner(SessionId session) {
    scene
        .domains()
        .send(
            Domain.OWNER,
            "to-party1",
            session,
            Map.of("type", EventType.SESSION_ENDED),
            new SessionEnded(session, scene.name(), SessionEnded.Outcome.EXPIRED).toJson());
  }

  @Test
  void results_poison_goesToDeadLettersAndBlocksNothing() {
    GatewayScene.Opened opened = scene.open();
    GatewayScene.put(opened, GatewayScene.sealed(opened)).then().statusCode(202);
    String poison = GatewayScene.hex();
    scene.domains().sendRaw(Domain.OWNER, new ProducerRecord<>("results", poison, new byte[] {1}));
    scene.domains().sendRaw(Domain.OWNER, unreadable(poison));
    scene.domains().result(SessionIds.parse(poison), 0, new byte[] {1});
    scene
        .domains()
        .send(
            Domain.OWNER,
            "results",
            opened.session(),
            Map.of("type", "io.maskwire.result.shared.v1", "party", "0", "dataref", "../../x"),
            new byte[0]);
    scene.domains().result(opened.session(), 0, new byte[] {1});
    scene.domains().result(opened.session(), 1, new byte[] {2});
    assertThat(scene.domains().read("dead-letter-user", 3, record -> poison.equals(record.key())))
        .hasSize(3);
    assertThat(scene.read("dead-letter-user", opened, 1)).hasSize(1);
    GatewayScene.until(() -> opened.given().get(opened.path("/result")).statusCode() == 200);
  }

  @Test
  void results_keysFromTheOwner_areNotBelieved() {
    SessionId keys = SessionIds.parse(GatewayScene.hex());
    scene
        .domains()
        .send(
            Domain.OWNER,
            "results",
            keys,
            Map.of("type", EventType.KEYS_READY),
            new KeysReady(keys, scene.name(), Instant.now().plus(Duration.ofHours(1))).toJson());

    assertThat(
            scene
                .domains()
                .read("dead-letter-user", 1, record -> keys.toString().equals(record.key())))
        .hasSize(1);
  }

  /** Says that it is a CloudEvent, in the other form, and is none. */
  private static ProducerRecord<String, byte[]> unreadable(String key) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>("results", key, new byte[] {'{'});
    record
        .headers()
        .add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
    return record;
  }
}
