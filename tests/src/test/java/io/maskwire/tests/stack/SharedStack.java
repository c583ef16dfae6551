package io.maskwire.tests.stack;

import io.maskwire.cli.stack.LocalStackProcess.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes one running system, which is started for the first and stopped at the end, or
 * the running one whose folder MASKWIRE_STACK names.
 */
public final class SharedStack implements ParameterResolver {
  private static final int STOCK = 8;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestStack.class;
  }

  @Override
  public TestStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedStack.class))
        .computeIfAbsent(Holder.class, any -> Holder.start(), Holder.class)
        .stack;
  }

  /**
   * The stack and, if it is of this run, its folder, which goes with it.
   *
   * @param folder of an own one
   */
  private record Holder(TestStack stack, Optional<Path> folder) implements AutoCloseable {
    static Holder start() {
      try {
        String running = System.getenv("MASKWIRE_STACK");
        if (running != null) {
          return new Holder(TestStack.running(Path.of(running)), Optional.empty());
        }
        Path folder = Files.createTempDirectory("maskwire-stack");
        StackOptions options = StackOptions.onFreePort(folder).withStock(STOCK);
        return new Holder(TestStack.start(options), Optional.of(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      stack.close();
      if (folder.isPresent()) {
        delete(folder.get());
      }
    }

    private static void delete(Path folder) throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
