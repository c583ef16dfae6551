package io.maskwire.gateway.rest;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a scene of its own, with a model that nobody else knows. */
@SuppressWarnings("NullAway.Init") // set before each test
abstract class GatewayCase {
  @Inject Config config;
  GatewayScene scene;

  @BeforeEach
  final void publishModel() {
    scene = new GatewayScene(config, this::user);
  }

  /** How the user's requests begin: in development nothing is asked for. */
  RequestSpecification user() {
    return RestAssured.given();
  }

  @AfterEach
  final void close() {
    scene.close();
  }
}
