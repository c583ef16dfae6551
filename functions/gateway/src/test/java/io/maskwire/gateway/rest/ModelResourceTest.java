package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.maskwire.exchange.event.SessionIds;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is published, and nothing else. */
@QuarkusTest
@WithTestResource(LocalGateway.class)
@Timeout(120)
class ModelResourceTest extends GatewayCase {
  @Test
  void models_published_areListedWithTheirFiles() {
    given()
        .get("/api/models")
        .then()
        .statusCode(200)
        .body("findAll { it.version == '%s' }".formatted(scene.name().version()), hasSize(1))
        .body(
            "find { it.version == '%s' }.rounds".formatted(scene.name().version()),
            equalTo(GatewayScene.ROUNDS))
        .body(
            "find { it.version == '%s' }.labels".formatted(scene.name().version()), hasItems("cat"))
        .body(
            "find { it.version == '%s' }.published".formatted(scene.name().version()),
            containsString("T"));
    given()
        .get("/api/models/" + scene.name().blob("program.bin"))
        .then()
        .statusCode(200)
        .contentType("application/octet-stream")
        .header("Cache-Control", containsString("immutable"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", startsWith("default-src 'none'"))
        .body(equalTo("program"));
  }

  @Test
  void models_descriptionAndSamples_areListedAndServed() {
    String entry = "find { it.version == '%s' }".formatted(scene.name().version());
    given()
        .get("/api/models")
        .then()
        .body(entry + ".description", equalTo("Animals."))
        .body(entry + ".samples.file", contains("cat.npy"))
        .body(entry + ".samples.bytes", contains(4));
    given()
        .get("/api/models/" + scene.name().blob("samples/cat.npy"))
        .then()
        .statusCode(200)
        .contentType("application/octet-stream")
        .header("Cache-Control", containsString("immutable"))
        .header("X-Content-Type-Options", "nosniff")
        .body(equalTo("meow"));
    for (String file :
        List.of("dog.npy", "..%2fprogram.bin", "%2e%2e%2flabels.txt", "cat.npy%00")) {
      given()
          .urlEncodingEnabled(false)
          .get("/api/models/" + scene.name().blob("samples/" + file))
          .then()
          .statusCode(404)
          .body("error", equalTo("not-found"));
    }
  }

  @Test
  void models_retired_areNotOfferedAndOpenSessionsGoOn() {
    GatewayScene.Opened opened = scene.open();
    scene.domains().deal(scene.name(), SessionIds.parse(GatewayScene.hex()));

    scene.domains().retire(scene.name());

    GatewayScene.until(() -> scene.post().statusCode() == 404);
    scene.post().then().body("error", equalTo("unknown-model"));
    given()
        .get("/api/models")
        .then()
        .body("findAll { it.version == '%s' }".formatted(scene.name().version()), hasSize(0));
    given().get("/api/models/" + scene.name().blob("program.bin")).then().statusCode(200);
    GatewayScene.put(opened, GatewayScene.sealed(opened)).then().statusCode(202);
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
          .get("/api/models/%s/%s/%s".formatted(scene.name().model(), scene.name().version(), file))
          .then()
          .statusCode(404)
          .contentType("application/json")
          .body("error", equalTo("not-found"));
    }
    for (String model : List.of("%2e%2e", "..%2f..%2fetc", "nothing", "A")) {
      given()
          .urlEncodingEnabled(false)
          .get("/api/models/%s/%s/program.bin".formatted(model, scene.name().version()))
          .then()
          .statusCode(404)
          .body("error", oneOf("unknown-model", "not-found"));
    }
  }
}
