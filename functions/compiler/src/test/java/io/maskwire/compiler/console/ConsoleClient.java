package io.maskwire.compiler.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.Stores;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.ConfigProvider;

/** What an owner does with the console, by REST. */
final class ConsoleClient {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ConsoleClient() {}

  /** The container, with the rights of the console itself. */
  static BlobContainer open(Container container) {
    String key = "maskwire.store.containers.\"%s\"".formatted(container.container());
    return Stores.open(ConfigProvider.getConfig().getValue(key, String.class));
  }

  /** An upload of a model alone. */
  static RequestSpecification form(byte[] model) {
    return given().multiPart("model", "model.onnx", model, "application/octet-stream");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Uploads, and waits until it is compiled. */
  static JsonPath publish(String name, RequestSpecification form) {
    ValidatableResponse answer = form.post("/api/models/" + name).then().statusCode(202);
    String address = answer.extract().header("Location");
    assertThat(address).contains("/api/models/" + name + "/");
    String path = address.substring(address.indexOf("/api/"));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonPath entry = given().get(path).then().statusCode(200).extract().jsonPath();
      if (!entry.getString("state").equals("compiling")) {
        return entry;
      }
      assertThat(System.nanoTime()).as("compiled in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** The version that an answer names. */
  static ModelVersionName name(JsonPath entry) {
    return new ModelVersionName(entry.getString("model"), entry.getString("version"));
  }
}
