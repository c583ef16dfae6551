package io.maskwire.cli.bench;

import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Caches of loaded classes and of profiles of methods (JEP 514, 515), with which the functions of
 * this checkout start in a fraction of the time and are warm sooner. They are made by a stack of
 * its own that runs some sessions; a build removes them.
 */
public final class FunctionCaches {
  private static final List<String> FUNCTIONS = List.of("compiler", "dealer", "gateway", "party");
  private static final int SESSIONS = 24;

  private FunctionCaches() {}

  /** Makes the caches unless they are there; this takes a minute or two. */
  public static void prepare(Consumer<String> progress) throws IOException, InterruptedException {
    if (FUNCTIONS.stream().map(FunctionCaches::cache).allMatch(Files::exists)) {
      return;
    }
    progress.accept("preparing the functions, once after a build");
    boolean trained = false;
    try {
      train(progress);
      trained = true;
    } finally {
      if (!trained) {
        erase();
      }
    }
  }

  private static void train(Consumer<String> progress) throws IOException, InterruptedException {
    try (ScratchFolder data = ScratchFolder.create("training")) {
      StackOptions options = StackOptions.onFreePort(data.path()).withStock(SESSIONS).forTraining();
      try (LocalStackProcess stack = LocalStackProcess.start(options, line -> {})) {
        new StackBench(stack.address(), SESSIONS, progress).run(Optional.empty());
        progress.accept("writing what the functions have learnt");
      }
    }
  }

  /** A function that was stopped before the sessions has written a cache all the same. */
  private static void erase() throws IOException {
    for (String function : FUNCTIONS) {
      Files.deleteIfExists(cache(function));
    }
  }

  private static Path cache(String function) {
    return Path.of(LocalStackProcess.home(), "functions", function)
        .resolve("target/quarkus-app/app.aot");
  }
}
