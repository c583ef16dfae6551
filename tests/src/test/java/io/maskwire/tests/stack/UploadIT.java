package io.maskwire.tests.stack;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.maskwire.cli.gateway.GatewayClient;
import io.maskwire.cli.gateway.RemoteInference;
import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.exchange.store.Container.Domain;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The upload of a masked input through a running system: what starts an inference, and what not.
 */
@ExtendWith(SharedStack.class)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadIT {
  private static TestStack stack;
  private static TestModel model;
  private static GatewayClient gateway;
  private static RemoteModel remote;
  private static RemoteInference inference;

  private final Random random = new Random(2);

  @BeforeAll
  static void publish(TestStack shared) throws IOException {
    stack = shared;
    model = TestModel.publish(stack, "upload");
    gateway = new GatewayClient(stack.address().gateway(), Optional.empty());
    remote = RemoteModel.fetch(gateway, model.name());
    inference = new RemoteInference(gateway, remote, new SecureRandom());
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  private RemoteInference.Prepared prepare() throws IOException {
    return inference.prepare(TestModel.input(remote, random));
  }

  private static RequestSpecification bearer(String token) {
    return given().baseUri(stack.address().gateway().toString()).auth().oauth2(token);
  }

  private static String path(RemoteInference.Prepared prepared, String what) {
    return "/api/sessions/" + prepared.session().id() + what;
  }

  private static ValidatableResponse put(
      RemoteInference.Prepared prepared, String token, byte[] sealed) {
    return bearer(token)
        .contentType("application/octet-stream")
        .body(sealed)
        .put(path(prepared, "/input"))
        .then();
  }

  private static ValidatableResponse upload(RemoteInference.Prepared prepared) {
    return put(prepared, prepared.session().token(), prepared.sealed());
  }

  /** The records of {@code session} in a topic of the user's, at least {@code count}. */
  private static List<ConsumerRecord<String, byte[]>> read(
      String topic, RemoteInference.Prepared prepared, int count) {
    String session = prepared.session().id();
    return stack.as(Domain.USER).read(topic, count, record -> session.equals(record.key()));
  }

  private static String result(RemoteInference.Prepared prepared) {
    return bearer(prepared.session().token())
        .get(path(prepared, "/result"))
        .then()
        .statusCode(200)
        .body("party0", notNullValue(), "party1", notNullValue())
        .extract()
        .asString();
  }

  /** The user's machine opens the result; it sends the same bytes first, as after a lost answer. */
  private static void assertExact(RemoteInference.Prepared prepared) throws IOException {
    RemoteInference.Outcome outcome = inference.complete(prepared, (round, rounds) -> {});
    assertThat(model.isExact(remote, outcome.encoded(), outcome.outputs())).isTrue();
  }

  @Test
  void upload_alone_startsTheInference() throws IOException {
    RemoteInference.Prepared prepared = prepare();

    upload(prepared).statusCode(202);

    // Nobody asks for anything: the topic tells when the session has ended.
    read("sessions", prepared, 2);
    result(prepared);
    assertExact(prepared);
  }

  @Test
  void uploadEvent_publishedAgainAndAgain_changesNothing() throws IOException {
    RemoteInference.Prepared prepared = prepare();
    upload(prepared).statusCode(202);
    ConsumerRecord<String, byte[]> event = read("inputs", prepared, 1).getFirst();
    publishAgain(event);
    read("sessions", prepared, 2);
    String first = result(prepared);

    RecordMetadata last = publishAgain(event);

    stack.as(Domain.OWNER).awaitHandled(last, "owner-party0");
    stack.as(Domain.USER).awaitHandled(last, "user-party1");
    assertThat(result(prepared)).isEqualTo(first);
    Ledger.check(stack, List.of(prepared.session().id()));
    assertExact(prepared);
  }

  private static RecordMetadata publishAgain(ConsumerRecord<String, byte[]> event) {
    return stack
        .as(Domain.USER)
        .send(
            new ProducerRecord<>(event.topic(), null, event.key(), event.value(), event.headers()));
  }

  @Test
  void upload_ofAnotherInput_isRefusedAndAuditedOnce() throws IOException {
    RemoteInference.Prepared prepared = prepare();
    upload(prepared).statusCode(202);
    byte[] other = prepared.sealed();
    other[other.length - 1] ^= 1;

    put(prepared, prepared.session().token(), other)
        .statusCode(409)
        .body("error", equalTo("other-input"));

    assertExact(prepared);
    assertThat(audited(prepared, 1)).singleElement().asString().contains("other-input");
    Ledger.check(stack, List.of(prepared.session().id()));
  }

  private static List<String> audited(RemoteInference.Prepared prepared, int count) {
    return read("audit-user", prepared, count).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void tokens_expiredOrForeign_areRefusedAndAudited() throws Exception {
    RemoteInference.Prepared prepared = prepare();
    String token = prepared.session().token();
    String foreign = prepare().session().token();
    String expired = Tokens.expiringAt(stack, token, Instant.now().minusSeconds(1));

    put(prepared, expired, prepared.sealed()).statusCode(401).body("error", equalTo("bad-token"));
    put(prepared, foreign, prepared.sealed())
        .statusCode(403)
        .body("error", equalTo("foreign-token"));
    assertRefusedEverywhere(prepared, expired, 401);
    assertRefusedEverywhere(prepared, foreign, 403);

    assertThat(audited(prepared, 8))
        .hasSize(8)
        .allSatisfy(record -> assertThat(record).doesNotContain(expired).doesNotContain(foreign));
    assertExact(prepared);
  }

  private static void assertRefusedEverywhere(
      RemoteInference.Prepared prepared, String token, int status) {
    for (String what : List.of("", "/events", "/result")) {
      bearer(token).get(path(prepared, what)).then().statusCode(status);
    }
    given().auth().oauth2(token).get(prepared.session().masks()).then().statusCode(status);
  }

  /** Shows that it is the time alone that {@link Tokens} makes tokens fail by. */
  @Test
  void token_signedAgainWithLaterEnd_isTaken() throws IOException, GeneralSecurityException {
    RemoteInference.Prepared prepared = prepare();
    String token =
        Tokens.expiringAt(stack, prepared.session().token(), Instant.now().plusSeconds(600));

    put(prepared, token, prepared.sealed()).statusCode(202);
  }
}
