package io.maskwire.signin;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where it is asked for, everybody is the developer; no provider is needed. */
@QuarkusTest
@TestProfile(DevelopmentIdentityTest.Development.class)
class DevelopmentIdentityTest {
  private static final String DEVELOPER = "developer [operator, owner, user]";

  /** As the local stack's settings. */
  public static final class Development implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("maskwire.sign-in.mode", "development");
    }
  }

  @Test
  void page_anybody_isTheDevelopersWithAllRoles() {
    given().get("/page").then().statusCode(200).body(equalTo(DEVELOPER));
    given().auth().oauth2("nonsense").get("/page").then().body(equalTo(DEVELOPER));
  }

  @Test
  void signInAndOut_leadToThePage() {
    for (String path : new String[] {"/sign-in", "/sign-out"}) {
      given()
          .redirects()
          .follow(false)
          .get(path)
          .then()
          .statusCode(303)
          .header("Location", equalTo("/"));
    }
  }
}
