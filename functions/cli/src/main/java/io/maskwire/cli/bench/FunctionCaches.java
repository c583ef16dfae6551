package io.maskwire.cli.bench;

import io.maskwire.cli.stack.LocalStackProcess;
import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    train(progress);
    for (String function : FUNCTIONS) {
      // One that could not be written is missed at the next start only for time.
      if (Files.exists(trained(function))) {
        Files.move(trained(function), cache(function), StandardCopyOption.ATOMIC_MOVE);
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

  /**
   * What a function wrote when the training's stack stopped; of one that failed or was stopped by
   * hand it has seen no sessions, and is not used.
   */
  private static Path trained(String function) {
    return cache(function).resolveSibling("app.aot.trained");
  }

  private static Path cache(String function) {
    return Path.of(LocalStackProcess.home(), "functions", function)
        .resolve("target/quarkus-app/app.aot");
  }
}
