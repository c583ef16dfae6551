package io.maskwire.tests.page;

import io.maskwire.tests.stack.SharedStack;
import io.maskwire.tests.stack.TestStack;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A test class with a browser, and the shared system, which has {@link PageStack#PICTURES}. */
@ExtendWith(SharedStack.class)
abstract class PageCase {
  @TempDir private static Path folder;
  private static Chromium chromium;
  private static PageStack stack;

  @BeforeAll
  static void start(TestStack shared) throws IOException {
    chromium = Chromium.start();
    stack = new PageStack(shared, folder);
  }

  @AfterAll
  static void stop() {
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
