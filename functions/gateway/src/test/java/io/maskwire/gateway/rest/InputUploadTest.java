package io.maskwire.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.store.Container;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One input for each session. */
@QuarkusTest
@WithTestResource(LocalGateway.class)
@Timeout(120)
class InputUploadTest extends GatewayCase {
  @Test
  void upload_againAndOther_tellsAgainAndRefuses() {
    GatewayScene.Opened opened = scene.open();
    byte[] first = GatewayScene.sealed(opened);
    GatewayScene.put(opened, first).then().statusCode(202);
    GatewayScene.put(opened, first).then().statusCode(202);
    GatewayScene.put(opened, GatewayScene.sealed(opened))
        .then()
        .statusCode(409)
        .body("error", equalTo("other-input"));
    List<ConsumerRecord<String, byte[]>> events = scene.read("inputs", opened, 2);
    assertThat(events).hasSize(2);
    assertThat(InputUploaded.fromJson(events.getFirst().value()).name()).isEqualTo(scene.name());
    assertThat(scene.domains().container(Container.INPUTS).read(opened.session().toString()))
        .contains(first);
    assertThat(
            scene
                .domains()
                .read(
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
    GatewayScene.Opened opened = scene.open();
    GatewayScene.put(opened, new byte[1 << 20])
        .then()
        .statusCode(413)
        .body("error", equalTo("too-large"));
    GatewayScene.put(opened, new byte[3])
        .then()
        .statusCode(400)
        .body("error", equalTo("malformed"));
    opened
        .given()
        .contentType("text/plain")
        .body("x")
        .put(opened.path("/input"))
        .then()
        .statusCode(415)
        .body("error", equalTo("unsupported-media-type"));
  }
}
