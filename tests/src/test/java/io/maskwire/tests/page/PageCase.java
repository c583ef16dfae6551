package io.maskwire.tests.page;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A test class with a browser, and a system of its own that has {@link PageStack#PICTURES}. */
abstract class PageCase {
  @TempDir private static Path folder;
  private static Chromium chromium;
  private static PageStack stack;

  @BeforeAll
  static void startSystem() throws IOException {
    chromium = Chromium.start();
    stack = PageStack.start(folder);
  }

  @AfterAll
  static void stopSystem() {
    if (stack != null) {
      stack.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  /** For files; goes with the class. */
  static Path folder() {
    return folder;
  }

  static Chromium chromium() {
    return chromium;
  }

  static PageStack stack() {
    return stack;
  }
}
