package io.maskwire.party;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Starts the stage before the application, and gives it to the test. */
public final class StageResource implements QuarkusTestResourceLifecycleManager {
  private Optional<Stage> stage = Optional.empty();

  @Override
  public Map<String, String> start() {
    try {
      Stage started = new Stage(Files.createTempDirectory(Path.of("target"), "stage-"));
      stage = Optional.of(started);
      return started.configuration();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    stage.ifPresent(
        started -> injector.injectIntoFields(started, new TestInjector.MatchesType(Stage.class)));
  }

  @Override
  public void stop() {
    stage.ifPresent(Stage::close);
  }
}
