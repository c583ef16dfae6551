package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are streamed: memory is bounded by a few vectors of a layer, not by its keys. */
@Tag("slow")
class MemoryBoundTest {
  private static final int ELEMENTS = 3_000_000;
  private static final int HEAP_MEGABYTES = 320;

  @Test
  void infer_keysThreeTimesTheHeap_isRight(@TempDir Path folder)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeSession.class.getName(),
                folder.toString(),
                Integer.toString(ELEMENTS))
            .redirectErrorStream(true)
            .start();
    String output;
    try (var stream = process.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(Long.parseLong(output)).isGreaterThan((3L * HEAP_MEGABYTES) << 20);
  }
}
