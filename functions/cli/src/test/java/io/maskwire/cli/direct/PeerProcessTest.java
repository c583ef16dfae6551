package io.maskwire.cli.direct;

import static io.maskwire.cli.direct.Parties.assertFails;
import static io.maskwire.cli.direct.Parties.inBackground;
import static io.maskwire.cli.direct.Parties.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.cli.direct.Parties.Waiting;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer whose process is killed, as by {@code kill -9}. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PeerProcessTest {
  @Test
  void receive_peerProcessKilled_endsPromptlyWithPeerClosed() throws Exception {
    try (var waiting = new Waiting(Parties.zero())) {
      Process child = start(waiting, "wait");
      try (var channel = result(waiting.accepted)) {
        assertThat(channel.exchange(new byte[] {0})).containsExactly(1);
        var received = inBackground(channel::receive);
        Instant killed = Instant.now();
        child.destroyForcibly();

        assertFails(() -> result(received), ErrorCode.PEER_CLOSED);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(10));
      } finally {
        end(child);
      }
    }
  }

  @Test
  void exchange_peerProcessKilledWhileItDoesNotRead_endsPromptlyWithPeerClosed() throws Exception {
    try (var waiting = new Waiting(Parties.zero())) {
      Process child = start(waiting, "stall");
      try (var channel = result(waiting.accepted)) {
        assertThat(channel.exchange(new byte[] {0})).containsExactly(1);
        var exchanged = inBackground(() -> channel.exchange(new byte[64 << 20]));
        Instant killed = Instant.now();
        child.destroyForcibly();

        assertFails(() -> result(exchanged), ErrorCode.PEER_CLOSED);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(10));
      } finally {
        end(child);
      }
    }
  }

  private static Process start(Waiting waiting, String behaviour) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ChildParty.class.getName(),
            Integer.toString(waiting.listener.port()),
            behaviour,
            Parties.ONE.certificate().toString(),
            Parties.ONE.key().toString(),
            Parties.ONE.authority().toString(),
            Parties.PROGRAM,
            Parties.SESSION)
        .inheritIO()
        .start();
  }

  private static void end(Process child) throws InterruptedException {
    child.destroyForcibly();
    assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }
}
