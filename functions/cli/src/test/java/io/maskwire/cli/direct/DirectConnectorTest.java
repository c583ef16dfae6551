package io.maskwire.cli.direct;

import static io.maskwire.cli.direct.Parties.assertFails;
import static io.maskwire.cli.direct.Parties.closeNow;
import static io.maskwire.cli.direct.Parties.inBackground;
import static io.maskwire.cli.direct.Parties.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectConnectorTest {
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();

  /** Time that passes only by pausing. */
  private static class FakeTime implements DirectConnector.Waiting {
    final List<Duration> pauses = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void pause(Duration duration) {
      pauses.add(duration);
      now += duration.toNanos();
    }
  }

  @Test
  void connect_listenerStartsLater_findsIt() throws IOException {
    HostPort address = freeAddress();
    List<DirectListener> opened = new ArrayList<>();
    List<CompletableFuture<Channel>> accepted = new ArrayList<>();
    FakeTime time =
        new FakeTime() {
          @Override
          public void pause(Duration duration) {
            super.pause(duration);
            if (pauses.size() == 3) {
              opened.add(DirectListener.open(address, Parties.zero().endpoint(log)));
              accepted.add(inBackground(() -> opened.getFirst().accept()));
            }
          }
        };

    try (Channel one = new DirectConnector(Parties.one().endpoint(log), time).connect(address)) {
      one.send(new byte[] {5});
      assertThat(result(accepted.getFirst()).receive()).containsExactly(5);
      assertThat(time.pauses).hasSize(3);
    } finally {
      opened.forEach(DirectListener::close);
    }
  }

  @Test
  void connect_nobodyThere_backsOffAndGivesUpInTime() throws IOException {
    HostPort address = freeAddress();
    FakeTime time = new FakeTime();
    var connector = new DirectConnector(Parties.one().endpoint(log), time);

    assertFails(
        () -> connector.connect(address),
        ErrorCode.PEER_TIMEOUT,
        "no peer at " + address,
        "within 20000 ms",
        "cannot connect");
    assertThat(time.pauses)
        .startsWith(millis(100), millis(200), millis(400), millis(800), millis(1600), millis(2000))
        .endsWith(millis(2000));
    assertThat(time.pauses.stream().mapToLong(Duration::toMillis).sum()).isBetween(18000L, 20000L);
    assertThat(log).as("one line, not one for each attempt").hasSize(1);
  }

  @Test
  void connect_unknownHost_isNamedInTheEnd() {
    HostPort nowhere = new HostPort("no-such-host.invalid", 7000);
    var connector = new DirectConnector(Parties.one().endpoint(log), new FakeTime());

    assertFails(
        () -> connector.connect(nowhere), ErrorCode.PEER_TIMEOUT, "no-such-host.invalid:7000");
  }

  @Test
  void connect_serverThatHangsUp_isTriedAgain() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var hangingUp =
          inBackground(
              () -> {
                try {
                  while (true) {
                    server.accept().close();
                  }
                } catch (IOException e) {
                  return e;
                }
              });
      FakeTime time = new FakeTime();
      var connector = new DirectConnector(Parties.one().endpoint(log), time);

      assertFails(
          () -> connector.connect(new HostPort("127.0.0.1", server.getLocalPort())),
          ErrorCode.PEER_TIMEOUT,
          "ended");
      assertThat(time.pauses).hasSizeGreaterThan(3);
      closeNow(server);
      assertThat(result(hangingUp)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void connect_serverThatIsSilent_timesOut() throws IOException {
    var limits =
        new DirectLimits(
            Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofSeconds(10), 1 << 20);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var connector = new DirectConnector(Parties.one().limits(limits).endpoint(log));

      assertFails(
          () -> connector.connect(new HostPort("127.0.0.1", server.getLocalPort())),
          ErrorCode.PEER_TIMEOUT,
          "did not answer within");
    }
  }

  @Test
  void connect_interrupted_endsAndKeepsTheInterrupt() throws IOException {
    HostPort address = freeAddress();
    Thread.currentThread().interrupt();

    assertFails(
        () -> new DirectConnector(Parties.one().endpoint(log)).connect(address),
        ErrorCode.IO,
        "interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** An address that was free a moment ago. */
  private static HostPort freeAddress() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new HostPort("127.0.0.1", server.getLocalPort());
    }
  }
}
