package io.maskwire.compiler.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.maskwire.compiler.function.LocalSurroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With a provider, though it is away: nobody can have signed in. */
@QuarkusTest
@QuarkusTestResource(LocalSurroundings.class)
@TestProfile(ConsoleSignInTest.NobodySignedIn.class)
class ConsoleSignInTest {

  /** A provider at a port where nobody listens. */
  public static final class NobodySignedIn implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "maskwire.sign-in.mode", "oidc",
          "quarkus.oidc.auth-server-url", "http://127.0.0.1:1/realm",
          "quarkus.oidc.client-id", "console",
          "quarkus.oidc.credentials.secret", "a secret that is longer than 32 characters");
    }
  }

  @Test
  void page_nobodySignedIn_isClosed() {
    Response answer = given().redirects().follow(false).get("/");

    assertThat(answer.statusCode()).isNotEqualTo(200);
    assertThat(answer.asString()).doesNotContain("<form");
  }

  @Test
  void models_nobodySignedIn_areNotListed() {
    Response answer = given().get("/api/models");

    assertThat(answer.statusCode()).isNotEqualTo(200);
    assertThat(answer.asString()).doesNotContain("version");
  }

  @Test
  void event_fromTheStore_needsNoPerson() {
    given()
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-source", "/store")
        .header("ce-type", "io.maskwire.model.uploaded.v1")
        .contentType("application/json")
        .body("{}")
        .post("/")
        .then()
        .statusCode(400)
        .body("error", equalTo("malformed"));
  }
}
