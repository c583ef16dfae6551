package io.maskwire.compiler.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.maskwire.compiler.function.LocalSurroundings;
import io.maskwire.signin.Roles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console is for owners alone. */
@QuarkusTest
@QuarkusTestResource(LocalSurroundings.class)
class ConsoleRolesTest {

  private static RequestSpecification as(String... roles) {
    return given().header(RolesOfTests.HEADER, String.join(",", roles));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/models", "/api/stock", "/api/sessions/daily"})
  void console_otherRoles_areRefusedAndCounted(String path) {
    as(Roles.USER, Roles.OPERATOR)
        .get(path)
        .then()
        .statusCode(403)
        .body("error", equalTo("role-missing"));
    given()
        .get("/q/metrics")
        .then()
        .body(containsString("maskwire_refusals_total{reason=\"role-missing\"}"));
  }

  @Test
  void upload_otherRoles_isRefused() {
    as(Roles.USER, Roles.OPERATOR)
        .multiPart("model", "model.onnx", new byte[1], "application/octet-stream")
        .post("/api/models/tiny")
        .then()
        .statusCode(403)
        .body("error", equalTo("role-missing"));
  }

  @Test
  void console_owner_seesModels() {
    as(Roles.OWNER).get("/api/models").then().statusCode(200);
  }
}
