package io.maskwire.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.SessionIds;
import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.Purpose;
import io.maskwire.exchange.seal.SealKeys;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;

/** A published model, a user of the running application, and the other domains. */
final class GatewayScene implements AutoCloseable {
  static final int ROUNDS = 3;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ELEMENTS = 50;

  private final Domains domains;
  private final Supplier<RequestSpecification> user;
  private final ModelVersionName name = new ModelVersionName("m" + hex().substring(0, 12), hex());
  private final String resultKey =
      HexFormat.of().formatHex(SealKeys.encode(SealKeys.generate(RANDOM).getPublic()));

  /** A session that a user has opened. */
  record Opened(SessionId session, String token) {
    RequestSpecification given() {
      return io.restassured.RestAssured.given().auth().oauth2(token);
    }

    String path(String more) {
      return "/api/sessions/" + session + more;
    }
  }

  /**
   * Publishes a model of its own, and waits until the application knows it.
   *
   * @param user how the user's requests begin
   */
  GatewayScene(Config config, Supplier<RequestSpecification> user) {
    this.user = user;
    domains = new Domains(config);
    domains.publish(name, ROUNDS, ELEMENTS);
    until(() -> versions().contains(name.version()));
  }

  Domains domains() {
    return domains;
  }

  ModelVersionName name() {
    return name;
  }

  String resultKey() {
    return resultKey;
  }

  static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private List<String> versions() {
    return user.get().get("/api/models").then().statusCode(200).extract().path("version");
  }

  Response post() {
    return user.get()
        .contentType("application/json")
        .body("{\"model\": \"%s\", \"resultKey\": \"%s\"}".formatted(name.model(), resultKey))
        .post("/api/sessions");
  }

  /** As clients do: the news of keys may still be on its way, and until then the stock is empty. */
  Response postPatiently() {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Response response = post();
    while (response.statusCode() == 503) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      response = post();
    }
    return response;
  }

  Opened open() {
    domains.deal(name, SessionIds.parse(hex()));
    Response response = postPatiently();
    response.then().statusCode(201);
    return new Opened(SessionIds.parse(response.path("session")), response.path("token"));
  }

  static byte[] sealed(Opened opened) {
    List<ECPublicKey> keys =
        List.of(
            (ECPublicKey) SealKeys.generate(RANDOM).getPublic(),
            (ECPublicKey) SealKeys.generate(RANDOM).getPublic());
    byte[] masked = new byte[4 + 2 + 32 + 16 + ELEMENTS];
    return Envelope.seal(Purpose.input(opened.session()), masked, keys, RANDOM);
  }

  static Response put(Opened opened, byte[] bytes) {
    return opened
        .given()
        .contentType("application/octet-stream")
        .body(bytes)
        .put(opened.path("/input"));
  }

  List<ConsumerRecord<String, byte[]>> read(String topic, Opened opened, int count) {
    return domains.read(topic, count, record -> opened.session().toString().equals(record.key()));
  }

  static String header(ConsumerRecord<String, byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    domains.close();
  }
}
