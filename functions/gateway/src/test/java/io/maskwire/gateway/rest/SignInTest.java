package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.maskwire.signin.Roles;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWireMock;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a provider: browsers are sent to it and back, programs send its tokens. */
@QuarkusTest
@TestProfile(SignInTest.WithProvider.class)
@WithTestResource(LocalGateway.class)
@WithTestResource(OidcWiremockTestResource.class)
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set by Quarkus
class SignInTest extends GatewayCase {
  @OidcWireMock WireMockServer provider;
  @TestHTTPResource URI root;

  /** As a deployment's settings. */
  public static final class WithProvider implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "maskwire.sign-in.mode", "oidc",
          "quarkus.oidc.auth-server-url", "${keycloak.url}/realms/quarkus/",
          "quarkus.oidc.client-id", SignInProvider.CLIENT,
          "quarkus.oidc.credentials.secret", "a secret that is longer than 32 characters",
          "quarkus.oidc.roles.role-claim-path", "roles");
    }
  }

  @Override
  RequestSpecification user() {
    return RestAssured.given().auth().oauth2(SignInProvider.token("urs", Roles.USER));
  }

  private static RequestSpecification bearing(String token) {
    return given().auth().oauth2(token);
  }

  @Test
  void page_nobodySignedIn_isReachedThroughTheProvider() {
    SignInProvider.signsIn(provider, "alice", Roles.USER, "offline_access");
    Browser browser = new Browser();
    String location = browser.go("/").then().statusCode(302).extract().header("Location");
    assertThat(location).startsWith(provider.baseUrl());
    assertThat(Browser.parameters(location))
        .containsEntry("response_type", "code")
        .containsEntry("client_id", SignInProvider.CLIENT)
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", root + "sign-in")
        .containsKeys("state", "code_challenge");

    browser
        .signIn("/?from=link")
        .then()
        .statusCode(200)
        .body(containsString("data-text=\"title\""));

    browser
        .fetch()
        .get("/api/me")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("name", equalTo("alice"))
        .body("roles", contains(Roles.USER))
        .body("signIn", equalTo("oidc"));
    browser
        .fetch()
        .get("/api/models")
        .then()
        .statusCode(200)
        .body("version", hasItem(scene.name().version()));
    browser.go("/sign-in").then().statusCode(303).header("Location", "/");
  }

  @Test
  void cookie_ofASession_isKeptFromScriptsAndOtherSites() {
    SignInProvider.signsIn(provider, "alice", Roles.USER);
    Browser browser = new Browser();
    Response back = browser.signInUntilBack("/");

    List<String> set =
        back.getHeaders().getValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith("q_session"))
            .toList();
    assertThat(set)
        .isNotEmpty()
        .allSatisfy(
            cookie ->
                assertThat(cookie)
                    .contains("; HTTPOnly", "; Secure", "; SameSite=Lax")
                    .doesNotContain("alice"));
  }

  @Test
  void page_whatItIsMadeOf_isForTheSignedInAlone() {
    for (String path :
        List.of("/index.html", "/app/page.js", "/app/../index.html", "/api/../index.html")) {
      new Browser().go(path).then().statusCode(302);
    }
    given()
        .redirects()
        .follow(false)
        .header("Sec-Fetch-Mode", "cors")
        .get("/app/page.js")
        .then()
        .statusCode(499)
        .header("Location", nullValue());
  }

  @Test
  void operations_nobodySignedIn_areOpenAsBefore() {
    for (String path : List.of("/q/health/live", "/q/metrics", "/q/openapi")) {
      given().get(path).then().statusCode(200);
    }
  }

  @Test
  void api_nobodySignedIn_answersWithAProblem() {
    for (String path : List.of("/api/me", "/api/models", "/api/operations/functions")) {
      given()
          .redirects()
          .follow(false)
          .get(path)
          .then()
          .statusCode(401)
          .contentType("application/json")
          .header("WWW-Authenticate", "Bearer")
          .header("Set-Cookie", nullValue())
          .body("error", equalTo("not-signed-in"));
    }
    given()
        .contentType("application/json")
        .body("{}")
        .post("/api/sessions")
        .then()
        .statusCode(401)
        .body("error", equalTo("not-signed-in"));
  }

  @Test
  void api_tokensThatAreNotForIt_answersWithAProblem() {
    Instant later = Instant.now().plusSeconds(600);
    String good = SignInProvider.token("urs", Roles.USER);
    for (String token :
        List.of(
            SignInProvider.token("urs", "another-client", later, Roles.USER),
            SignInProvider.token(
                "urs", SignInProvider.CLIENT, Instant.now().minusSeconds(600), Roles.USER),
            good.substring(0, good.length() - 8) + "AAAAAAAA",
            "nonsense")) {
      bearing(token)
          .get("/api/models")
          .then()
          .statusCode(401)
          .contentType("application/json")
          .body("error", equalTo("not-signed-in"));
    }
    bearing(good).get("/api/models").then().statusCode(200);
  }

  @Test
  void api_cookieThatIsGarbled_answersWithAProblem() {
    given()
        .redirects()
        .follow(false)
        .cookie("q_session", "garbled")
        .get("/api/models")
        .then()
        .statusCode(401)
        .body("error", equalTo("not-signed-in"));
  }

  @Test
  void roles_wrongOnes_areRefusedAndAudited() {
    String operator = SignInProvider.token("olga", Roles.OPERATOR);
    String owner = SignInProvider.token("otto", Roles.OWNER);
    String none = SignInProvider.token("nora", "offline_access");
    for (String token : List.of(operator, owner)) {
      bearing(token).get("/api/models").then().statusCode(200);
    }
    bearing(none).get("/api/me").then().statusCode(200).body("roles", equalTo(List.of()));
    bearing(none).get("/api/models").then().statusCode(403).body("error", equalTo("role-missing"));
    bearing(owner)
        .contentType("application/json")
        .body("{}")
        .post("/api/sessions")
        .then()
        .statusCode(403)
        .contentType("application/json")
        .body("error", equalTo("role-missing"));

    assertThat(
            scene
                .domains()
                .read(
                    "audit-user",
                    1,
                    record ->
                        new String(record.value(), StandardCharsets.UTF_8).contains("'otto'")))
        .isNotEmpty();
    given()
        .get("/q/metrics")
        .then()
        .body(containsString("maskwire_refusals_total{reason=\"role-missing\"}"));
  }

  @Test
  void operators_alone_haveWhatIsThereForOperations() {
    bearing(SignInProvider.token("olga", Roles.OPERATOR))
        .get("/api/operations/functions")
        .then()
        .statusCode(200);
    bearing(SignInProvider.token("urs", Roles.USER, Roles.OWNER))
        .get("/api/operations/functions")
        .then()
        .statusCode(403)
        .body("error", equalTo("role-missing"));
  }

  @Test
  void endpoint_thatSaysNothing_isForNobody() {
    bearing(SignInProvider.token("all", Roles.USER, Roles.OWNER, Roles.OPERATOR))
        .get("/api/unannotated")
        .then()
        .statusCode(403);
  }

  @Test
  void session_itsTokenAlone_opensItWithoutSignIn() throws Exception {
    GatewayScene.Opened opened = scene.open();

    opened.given().get(opened.path("")).then().statusCode(200).body("state", equalTo("opened"));
    GatewayScene.put(opened, GatewayScene.sealed(opened)).then().statusCode(202);
    try (EventReader events =
        new EventReader(root.resolve(opened.path("/events")), opened.token())) {
      assertThat(events.next()).startsWith("round ");
    }
    opened.given().get(opened.path("/result")).then().statusCode(202);
    // A cookie that came along is not looked at.
    opened
        .given()
        .cookie("q_session", "garbled")
        .get(opened.path(""))
        .then()
        .statusCode(200)
        .header("Set-Cookie", nullValue());
    user().get(opened.path("")).then().statusCode(401).body("error", equalTo("bad-token"));
    given().get(opened.path("")).then().statusCode(401).body("error", equalTo("no-token"));
    // And it opens nothing else.
    opened
        .given()
        .get("/api/models")
        .then()
        .statusCode(401)
        .body("error", equalTo("not-signed-in"));
  }

  @Test
  void signIn_idTokenExpires_isRenewedWithoutAsking() {
    SignInProvider.signsInBriefly(provider, "alice", Roles.USER);
    SignInProvider.renews(provider, "alice", Roles.OPERATOR);
    Browser browser = new Browser();
    browser.signIn("/").then().statusCode(200);

    while (!SignInProvider.wasAskedToRenew(provider)) {
      browser.go("/api/me").then().statusCode(200).body("name", equalTo("alice"));
    }

    browser.go("/api/me").then().statusCode(200).body("roles", contains(Roles.OPERATOR));
    browser.go("/").then().statusCode(200);
  }

  @Test
  void signIn_renewalIsRefused_hasEndedAndIsAskedForAgain() {
    SignInProvider.signsInBriefly(provider, "alice", Roles.USER);
    SignInProvider.refusesToRenew(provider);
    Browser browser = new Browser();
    browser.signIn("/").then().statusCode(200);

    Response answer = browser.go("/api/me");
    while (answer.statusCode() == 200) {
      answer = browser.go("/api/me");
    }

    answer
        .then()
        .statusCode(401)
        .contentType("application/json")
        .body("error", equalTo("not-signed-in"));
    assertThat(SignInProvider.wasAskedToRenew(provider)).isTrue();
    browser.go("/").then().statusCode(302).header("Location", startsWith(provider.baseUrl()));
  }

  @Test
  void signOut_ofABrowser_goesThroughTheProviderAndEndsTheSession() {
    SignInProvider.signsIn(provider, "alice", Roles.USER);
    Browser browser = new Browser();
    browser.signIn("/").then().statusCode(200);

    String location = browser.go("/sign-out").then().statusCode(302).extract().header("Location");

    assertThat(location).startsWith(provider.baseUrl()).contains("end-session");
    assertThat(Browser.parameters(location))
        .containsEntry("post_logout_redirect_uri", root.toString())
        .containsKey("id_token_hint");
    browser.fetch().get("/api/me").then().statusCode(401);
  }
}
