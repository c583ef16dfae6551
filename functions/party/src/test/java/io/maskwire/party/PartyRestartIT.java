package io.maskwire.party;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged party, killed without warning in the middle of a session. */
class PartyRestartIT {
  @TempDir private Path folder;

  private Process start(Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.setProperty("quarkus.http.port", "0");
    Path file = folder.resolve("party.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-Dquarkus.config.locations=" + file.toUri(),
            "-jar",
            "target/quarkus-app/quarkus-run.jar")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("target/party.log").toFile()))
        .start();
  }

  @Test
  void kill_inTheMiddleOfASession_theNextProcessEndsIt() throws Exception {
    LayeredProgram network = LayeredProgram.classifier(new SplittableRandom(3));
    try (Stage stage = new Stage(folder);
        Counterpart counterpart = new Counterpart(stage)) {
      World.Model model = stage.world().publish(network.program(), network.weights());
      World.Session session = stage.world().deal(model);
      RingTensor input = network.randomInput();
      Process party = start(stage.configuration());
      try {
        counterpart.open(session);
        counterpart.upload(session, input);
        counterpart.beginPartyOne(session);
        for (int round = 0; round < 5; round++) {
          counterpart.answer(session, round);
        }
        party.destroyForcibly().waitFor();
        party = start(stage.configuration());

        assertThat(counterpart.finish(session, 5)).containsExactly(model.plaintext(input));
      } finally {
        party.destroyForcibly().waitFor();
      }
    }
  }
}
