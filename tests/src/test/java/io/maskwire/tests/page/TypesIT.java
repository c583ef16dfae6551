package io.maskwire.tests.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.maskwire.tests.Repository;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages' types, which the build's bundler does not check. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TypesIT {
  @ParameterizedTest
  @ValueSource(strings = {"gateway", "compiler"})
  void compile_pagesOfAFunction_haveNoErrorOfTypes(String function) throws Exception {
    Path project = Repository.root().resolve("functions").resolve(function).resolve("src/main/web");
    Process compiler =
        start("node", System.getProperty("typescript.compiler"), "--project", project.toString());
    String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);

    assertThat(compiler.waitFor()).as(output).isZero();
  }

  /** Skips the test where there is no Node.js, but fails it on a build server (CI=true). */
  private static Process start(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      String message = "no 'node' on the search path: install Node.js";
      if ("true".equals(System.getenv("CI"))) {
        fail(message, e);
      }
      Assumptions.abort(message);
      throw new AssertionError(message, e);
    }
  }
}
