package io.maskwire.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By default there is a provider; while it is away, a function runs and its pages are closed. */
@QuarkusTest
@TestProfile(ProviderAwayTest.NobodyThere.class)
class ProviderAwayTest {

  /** A provider at a port where nobody listens, and no word of the mode. */
  public static final class NobodyThere implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.oidc.auth-server-url", "http://127.0.0.1:1/realm",
          "quarkus.oidc.client-id", "function",
          "quarkus.oidc.credentials.secret", "a secret that is longer than 32 characters");
    }
  }

  @Test
  void function_providerAway_servesWhatNeedsNoSignIn() {
    given().get("/api/open").then().statusCode(200).body(equalTo("open"));
  }

  @Test
  void page_providerAway_isClosed() {
    Response answer = given().redirects().follow(false).get("/page");

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.asString()).doesNotContain("developer");
  }
}
