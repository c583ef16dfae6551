package io.maskwire.gateway.rest;

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
    scene = new GatewayScene(config);
  }

  @AfterEach
  final void close() {
    scene.close();
  }
}
