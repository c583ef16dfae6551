package io.maskwire.compiler.console;

import static io.maskwire.compiler.console.ConsoleClient.open;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.maskwire.compiler.UploadModels;
import io.maskwire.compiler.function.LocalSurroundings;
import io.maskwire.exchange.store.Container;
import io.maskwire.signin.Roles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWireMock;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a provider: what the console is told whose owner is not signed in, or not any more. */
@QuarkusTest
@QuarkusTestResource(LocalSurroundings.class)
@QuarkusTestResource(value = OidcWiremockTestResource.class, restrictToAnnotatedClass = true)
@TestProfile(ConsoleSignInTest.WithProvider.class)
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set by Quarkus
class ConsoleSignInTest {
  private static final String CLIENT = "console-of-tests";
  private static final List<String> READ =
      List.of("/api/models", "/api/stock", "/api/sessions/daily");

  @OidcWireMock WireMockServer provider;

  /** As a deployment's settings. */
  public static final class WithProvider implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "maskwire.sign-in.mode", "oidc",
          "quarkus.oidc.auth-server-url", "${keycloak.url}/realms/quarkus/",
          "quarkus.oidc.client-id", CLIENT,
          "quarkus.oidc.credentials.secret", "a secret that is longer than 32 characters",
          "quarkus.oidc.roles.role-claim-path", "roles");
    }
  }

  private static String tokenUntil(Instant expires) {
    return Jwt.preferredUserName("otto")
        .subject("otto")
        .claim("roles", Set.of(Roles.OWNER))
        .issuer("https://server.example.com")
        .audience(CLIENT)
        .issuedAt(expires.minus(Duration.ofHours(1)))
        .expiresAt(expires)
        .jws()
        .keyId("1")
        .sign("privateKey.jwk");
  }

  /** As the page fetches, whose browser has a sign-in that has ended, or none. */
  private static List<RequestSpecification> signedOut() {
    return List.of(
        fetch(),
        fetch().cookie("q_session", "of yesterday"),
        fetch().auth().oauth2(tokenUntil(Instant.now().minusSeconds(600))));
  }

  private static RequestSpecification fetch() {
    return given().redirects().follow(false).header("Sec-Fetch-Mode", "cors");
  }

  private static void assertSaysSo(Response answer) {
    answer
        .then()
        .statusCode(401)
        .contentType("application/json")
        .header("Location", nullValue())
        .body("error", equalTo("not-signed-in"));
  }

  @Test
  void api_signInExpired_saysSoWhereverThePageAsks() {
    for (String path : READ) {
      signedOut().forEach(request -> assertSaysSo(request.get(path)));
    }
    fetch()
        .auth()
        .oauth2(tokenUntil(Instant.now().plusSeconds(600)))
        .get("/api/models")
        .then()
        .statusCode(200);
  }

  @Test
  void upload_signInExpired_saysSoAndStoresNothing() {
    for (RequestSpecification request : signedOut()) {
      assertSaysSo(
          request
              .multiPart(
                  "model", "model.onnx", UploadModels.perceptron(), "application/octet-stream")
              .post("/api/models/late"));
    }

    assertThat(open(Container.ONNX).list("late/")).isEmpty();
  }

  @Test
  void signIn_again_leadsToTheProviderInATabOfItsOwn() {
    for (String path : List.of("/", "/sign-in")) {
      Response answer =
          given().redirects().follow(false).header("Sec-Fetch-Mode", "navigate").get(path);

      answer.then().statusCode(302);
      assertThat(answer.header("Location")).startsWith(provider.baseUrl());
    }
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
