package io.maskwire.crypto.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.execution.TracedRuns;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Branches, indices and divisions do not depend on secrets: two runs on different secrets take the
 * same path through the code, byte code by byte code. What the processor and the JIT compiler make
 * of it is not seen here.
 */
class ConstantTraceTest {
  private static final long SECRETS = 16;

  /** The table and its rotation x^ are public. */
  private static final String ROTATION = "index in TableLookup.evaluate";

  private static final Map<String, LongConsumer> RUNS =
      load(new TracingLoader(ConstantTraceTest::isMainCode), TracedRuns.class);

  private static final Map<String, LongConsumer> LEAKS =
      load(new TracingLoader(name -> true), Leaks.class);

  /** The tests' own classes choose the secrets: what they do is not traced. */
  private static boolean isMainCode(String name) {
    return !String.valueOf(
            ConstantTraceTest.class.getResource("/" + name.replace('.', '/') + ".class"))
        .contains("/test-classes/");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, LongConsumer> load(TracingLoader loader, Class<?> type) {
    try {
      return (Map<String, LongConsumer>)
          loader.loadClass(type.getName()).getMethod("all").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<String> names() {
    return RUNS.keySet().stream().sorted();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void run_otherSecrets_hasTheSameTrace(String name) {
    LongConsumer run = RUNS.get(name);
    assertThat(run).isNotNull();
    run.accept(0); // so that classes are initialised
    long[] first = trace(run, 0);

    assertThat(first).hasSizeGreaterThan(30);
    for (long secrets = 1; secrets < SECRETS; secrets++) {
      assertThat(Trace.difference(first, trace(run, secrets))).as("secrets %d", secrets).isEmpty();
    }
  }

  private static long[] trace(LongConsumer run, long secrets) {
    return Trace.without(Trace.of(() -> run.accept(secrets)), place -> place.startsWith(ROTATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"branch", "index", "division"})
  void run_leakyCode_isFound(String kind) {
    LongConsumer leak = LEAKS.get(kind);
    assertThat(leak).isNotNull();

    long[] first = Trace.of(() -> leak.accept(2));

    assertThat(Trace.difference(first, Trace.of(() -> leak.accept(2)))).isEmpty();
    assertThat(Trace.difference(first, Trace.of(() -> leak.accept(4)))).contains(kind + " in");
  }
}
