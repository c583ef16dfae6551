package io.maskwire.operations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How log lines look, as {@code maskwire.log.*}. */
@ConfigMapping(prefix = "maskwire.log")
interface LogConfig {
  /** Lines of the console as JSON objects: so by default in production. */
  @WithDefault("false")
  boolean json();
}
