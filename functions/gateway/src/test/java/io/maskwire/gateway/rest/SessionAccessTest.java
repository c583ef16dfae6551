package io.maskwire.gateway.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.maskwire.exchange.store.Container;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only the session's own token opens it. */
@QuarkusTest
@WithTestResource(LocalGateway.class)
@Timeout(120)
class SessionAccessTest extends GatewayCase {
  @Test
  void tokens_missingGarbledOrForeign_areRefused() {
    GatewayScene.Opened opened = scene.open();
    GatewayScene.Opened other = scene.open();
    for (String path : List.of("", "/events", "/result")) {
      given()
          .get(opened.path(path))
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", "Bearer")
          .body("error", equalTo("no-token"));
      given()
          .auth()
          .oauth2(opened.token().replace('e', 'f'))
          .get(opened.path(path))
          .then()
          .statusCode(401)
          .body("error", equalTo("bad-token"));
      other
          .given()
          .get(opened.path(path))
          .then()
          .statusCode(403)
          .body("error", equalTo("foreign-token"));
    }
    given()
        .contentType("application/octet-stream")
        .body(new byte[10])
        .put(opened.path("/input"))
        .then()
        .statusCode(401);
    other
        .given()
        .contentType("application/octet-stream")
        .body(GatewayScene.sealed(opened))
        .put(opened.path("/input"))
        .then()
        .statusCode(403);
    assertThat(scene.domains().container(Container.INPUTS).read(opened.session().toString()))
        .isEmpty();
  }
}
