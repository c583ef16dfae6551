package io.maskwire.party;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Party 0 as an application, at a real broker; the test is the gateway and party 1. */
@QuarkusTest
@WithTestResource(StageResource.class)
@SuppressWarnings("NullAway.Init") // fields are set by the resource and before each test
class PartyApplicationTest {
  Stage stage;
  private Counterpart counterpart;
  private LayeredProgram network;
  private World.Model model;

  @BeforeEach
  void setUp() {
    counterpart = new Counterpart(stage);
    network = LayeredProgram.classifier(new SplittableRandom(7));
    model = stage.world().publish(network.program(), network.weights());
  }

  @AfterEach
  void tearDown() {
    counterpart.close();
  }

  private World.Session runSession() {
    World.Session session = stage.world().deal(model);
    RingTensor input = network.randomInput();
    counterpart.open(session);
    long start = System.nanoTime();
    counterpart.upload(session, input);
    counterpart.beginPartyOne(session);
    assertThat(counterpart.finish(session, 0)).containsExactly(model.plaintext(input));
    System.out.printf(
        "measured: from upload to result over the broker, %d rounds: %d ms%n",
        model.rounds(), (System.nanoTime() - start) / 1_000_000);
    counterpart.end(session);
    return session;
  }

  @Test
  void events_sessionOpenedAndInputUploaded_leadToTheResult() {
    for (int i = 0; i < 10; i++) {
      runSession();
    }

    given()
        .get("/q/metrics")
        .then()
        .body(containsString("maskwire_round_seconds{quantile=\"0.99\""));
    given().get("/q/metrics").then().body(containsString("maskwire_rounds_total"));
    given().get("/q/health/ready").then().statusCode(200);
    given().get("/q/health/started").then().statusCode(200);
  }

  @Test
  void events_poison_isPutAsideAndLaterEventsGoOn() {
    World.Session session = stage.world().deal(model);
    String key = session.id().toString();
    ProducerRecord<String, byte[]> structured = new ProducerRecord<>("sessions", key, bytes("{"));
    structured.headers().add("content-type", bytes("application/cloudevents+json"));
    counterpart.send(structured);
    counterpart.send(new ProducerRecord<>("inputs", bytes("no event at all")));
    counterpart.publish(
        "to-party0",
        key,
        bytes("sealed by nobody"),
        Map.of(
            "type",
            EventType.ROUND_SENT,
            "subject",
            key,
            EventType.ROUND,
            "0",
            EventType.PARTY,
            "1",
            EventType.MODEL,
            model.name().toString()));

    runSession();

    for (String topic : new String[] {"sessions", "inputs", "to-party0"}) {
      ConsumerRecord<String, byte[]> letter =
          counterpart.await(
              record ->
                  record.topic().equals("dead-letter-owner")
                      && Counterpart.header(record, "dead-letter-topic").equals(topic));
      assertThat(Counterpart.header(letter, "dead-letter-reason")).isNotEmpty();
    }
  }

  @Test
  void events_sessionWhoseLogIsDamaged_failsAndTheNextOneGoesOn() {
    World.Session bad = stage.world().deal(model);
    stage.world().container(Container.STATE_PARTY0).put(bad.id().toString(), new byte[] {1});
    String key = bad.id().toString();

    counterpart.upload(bad, network.randomInput());

    ConsumerRecord<String, byte[]> told =
        counterpart.await(record -> record.topic().equals("results") && record.key().equals(key));
    assertThat(Counterpart.header(told, "ce_type")).isEqualTo(EventType.SESSION_FAILED);
    ConsumerRecord<String, byte[]> audit =
        counterpart.await(
            record -> record.topic().equals("audit-owner") && record.key().equals(key));
    assertThat(new String(audit.value(), StandardCharsets.UTF_8)).contains("\"session-failed\"");
    counterpart.await(
        record -> record.topic().equals("dead-letter-owner") && record.key().equals(key));
    runSession();
  }

  @Test
  void events_otherInput_isRefusedAndAudited() {
    World.Session session = stage.world().deal(model);
    RingTensor input = network.randomInput();
    counterpart.upload(session, input);
    counterpart.await(
        record ->
            record.topic().equals("to-party1") && record.key().equals(session.id().toString()));
    counterpart.beginPartyOne(session);

    counterpart.upload(session, network.randomInput());

    ConsumerRecord<String, byte[]> audit =
        counterpart.await(
            record ->
                record.topic().equals("audit-owner")
                    && record.key().equals(session.id().toString()));
    assertThat(new String(audit.value(), StandardCharsets.UTF_8)).contains("\"other-input\"");
    assertThat(counterpart.finish(session, 0)).containsExactly(model.plaintext(input));
    given()
        .get("/q/metrics")
        .then()
        .body(containsString("maskwire_refusals_total{reason=\"other-input\"}"));
  }

  @Test
  void events_deliveredAgainWhenTheSessionIsOver_changeNothing() {
    World.Session session = stage.world().deal(model);
    RingTensor input = network.randomInput();
    counterpart.open(session);
    counterpart.upload(session, input);
    counterpart.beginPartyOne(session);
    assertThat(counterpart.finish(session, 0)).containsExactly(model.plaintext(input));
    counterpart.end(session);

    counterpart.open(session);
    counterpart.upload(session, input);
    runSession();

    String key = session.id().toString();
    assertThat(
            counterpart.count(
                record -> record.topic().equals("to-party1") && record.key().equals(key)))
        .isEqualTo(model.rounds());
    String blob = model.name().blob(key + ".bin");
    assertThat(stage.world().container(Container.keysOf(Role.PARTY_0)).length(blob)).isEmpty();
  }

  @Test
  void events_tracesOff_haveNoHeaderOfTraces() {
    counterpart.trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    World.Session session = runSession();

    assertThat(
            counterpart.count(
                record ->
                    record.key().equals(session.id().toString())
                        && !Counterpart.header(record, Counterpart.TRACE_PARENT).isEmpty()))
        .isZero();
  }

  @Test
  void status_asFunction_saysTheRole() {
    given().get("/status").then().statusCode(200).body("role", equalTo(0));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
