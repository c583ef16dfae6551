package io.maskwire.operations;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Sets the format of log lines before anything else starts, the channels to the broker included.
 */
@Singleton
final class LogFormat {
  private static final int FIRST = 1;

  private final LogConfig config;

  LogFormat(LogConfig config) {
    this.config = config;
  }

  void start(@Observes @Priority(FIRST) StartupEvent event) {
    if (config.json()) {
      JsonLines.install();
    }
  }
}
