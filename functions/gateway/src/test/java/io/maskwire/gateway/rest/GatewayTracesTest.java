package io.maskwire.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.store.Container.Domain;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With traces on, what a request or an event causes belongs to its trace. */
@QuarkusTest
@TestProfile(GatewayTracesTest.TracesOn.class)
@WithTestResource(LocalGateway.class)
@Timeout(120)
class GatewayTracesTest extends GatewayCase {
  private static final String HEADER = "traceparent";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  /** Spans are made and passed on, but sent nowhere. */
  public static final class TracesOn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.traces.exporter", "none");
    }
  }

  @Test
  void upload_ofATrace_startsThePartiesInThatTrace() {
    GatewayScene.Opened opened = scene.open();

    opened
        .given()
        .header(HEADER, PARENT)
        .contentType("application/octet-stream")
        .body(GatewayScene.sealed(opened))
        .put(opened.path("/input"))
        .then()
        .statusCode(202);

    assertThat(GatewayScene.header(scene.read("inputs", opened, 1).getFirst(), HEADER))
        .startsWith("00-" + TRACE + "-")
        .isNotEqualTo(PARENT);
  }

  @Test
  void results_ofATrace_endTheSessionInThatTrace() {
    GatewayScene.Opened opened = scene.open();
    GatewayScene.put(opened, GatewayScene.sealed(opened)).then().statusCode(202);

    share(opened, 0);
    share(opened, 1);

    assertThat(GatewayScene.header(scene.read("sessions", opened, 2).getLast(), HEADER))
        .startsWith("00-" + TRACE + "-")
        .isNotEqualTo(PARENT);
  }

  private void share(GatewayScene.Opened opened, int party) {
    String session = opened.session().toString();
    ProducerRecord<String, byte[]> record = new ProducerRecord<>("results", session, new byte[1]);
    Map.of(
            "ce_specversion",
            "1.0",
            "ce_id",
            session + party,
            "ce_source",
            "/maskwire/test",
            "ce_type",
            EventType.RESULT_SHARED,
            "ce_subject",
            session,
            "ce_party",
            String.valueOf(party),
            HEADER,
            PARENT)
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    scene.domains().sendRaw(party == 0 ? Domain.OWNER : Domain.USER, record);
  }
}
