package io.maskwire.infra.rights;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** All tests of a class share a broker. */
abstract class RightsCase {
  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init") // before all tests
  static RightsBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = RightsBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }
}
