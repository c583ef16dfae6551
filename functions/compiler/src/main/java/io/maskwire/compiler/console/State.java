package io.maskwire.compiler.console;

import java.util.Locale;

/** How far a version is. */
enum State {
  /** It is being compiled, or waits for that. */
  COMPILING,
  /** It could not be compiled. */
  FAILED,
  /** Users can open sessions of it. */
  PUBLISHED,
  /** Users could once. */
  RETIRED;

  /** As answers say it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static State of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
