package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every resource has in common. */
@QuarkusTest
@WithTestResource(LocalGateway.class)
@Timeout(120)
class OperationsTest extends GatewayCase {
  @Test
  void problems_everywhere_areJson() {
    given().get("/api/nothing").then().statusCode(404).body("error", equalTo("not-found"));
    given().get("/nothing").then().statusCode(404).body("error", equalTo("not-found"));
    given()
        .delete("/api/models")
        .then()
        .statusCode(405)
        .body("error", equalTo("method-not-allowed"));
  }

  @Test
  void operations_openApiAndHealth_areThere() {
    given()
        .accept("application/json")
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths", hasKey("/api/sessions/{id}/input"))
        .body("components.securitySchemes", hasKey("session-token"))
        .body("components.schemas", hasKey("SessionRequest"));
    GatewayScene.until(() -> given().get("/q/health/ready").statusCode() == 200);
    given().get("/q/health/ready").then().body("checks.name", hasItems("store"));
  }

  @Test
  void operations_ofConfiguredFunctions_areWhatTheySay() {
    given()
        .get("/api/operations/functions")
        .then()
        .statusCode(200)
        .body("name", contains("dealer", "party0-2"))
        .body("state", contains("up", "degraded"))
        .body("find { it.name == 'party0-2' }.failedChecks", contains("store"))
        .body("find { it.name == 'dealer' }.refusals.'no-token'", equalTo(3));
    given()
        .get("/api/operations/stock")
        .then()
        .statusCode(200)
        .body("versions.model", contains("net"))
        .body("versions.ready", contains(2));
  }

  @Test
  void links_ofThePage_haveTheOwnersConsole() {
    given()
        .get("/api/links")
        .then()
        .statusCode(200)
        .body("owner", equalTo("https://owner.example"));
    given()
        .get("/operations.html")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", containsString("default-src 'none'"));
  }
}
