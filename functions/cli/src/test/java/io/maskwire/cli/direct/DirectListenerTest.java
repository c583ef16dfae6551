package io.maskwire.cli.direct;

import static io.maskwire.cli.direct.Parties.assertFails;
import static io.maskwire.cli.direct.Parties.closeNow;
import static io.maskwire.cli.direct.Parties.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.cli.direct.Parties.Waiting;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections that misbehave do to a listener and to the channel that it yields. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectListenerTest {
  @Test
  void accept_garbageBeforeTls_keepsWaiting() throws Exception {
    try (var waiting = new Waiting(Parties.zero());
        Socket plain = waiting.plainConnection()) {
      plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertThat(waiting.nextLine()).contains("refused /127.0.0.1", "is not mutual TLS 1.3");
      waiting.acceptsStill(Parties.one());
    }
  }

  @Test
  void accept_connectionClosedAtOnce_keepsWaiting() throws Exception {
    try (var waiting = new Waiting(Parties.zero())) {
      waiting.plainConnection().close();

      assertThat(waiting.nextLine()).contains("refused", "ended");
      waiting.acceptsStill(Parties.one());
    }
  }

  @Test
  void accept_silentConnection_doesNotBlockTheRightPeer() throws Exception {
    try (var waiting = new Waiting(Parties.zero());
        Socket silent = waiting.plainConnection()) {
      waiting.acceptsStill(Parties.one());

      assertThat(silent.getInputStream().read()).as("the silent one is dropped").isEqualTo(-1);
    }
  }

  @Test
  void accept_moreSilentConnectionsThanHandshakes_servesTheRightPeerInTurn() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (var waiting = new Waiting(Parties.zero().limits(handshake(Duration.ofMillis(1500))))) {
      for (int i = 0; i < DirectListener.HANDSHAKES + 4; i++) {
        silent.add(waiting.plainConnection());
      }

      waiting.acceptsStill(Parties.one());
      assertThat(waiting.nextLine()).contains("refused", "did not answer within 1500 ms");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void accept_peerSilentAfterHandshake_isDroppedInTime() throws Exception {
    try (var waiting = new Waiting(Parties.zero().limits(handshake(Duration.ofSeconds(2))));
        SSLSocket peer = handshaken(waiting)) {
      peer.startHandshake();

      assertThat(waiting.nextLine()).contains("refused", "did not answer within 2000 ms");
      waiting.acceptsStill(Parties.one());
    }
  }

  @Test
  void accept_nobodyComes_timesOut() {
    var limits =
        new DirectLimits(
            Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(10), 1 << 20);
    try (var waiting = new Waiting(Parties.zero().limits(limits))) {
      assertFails(() -> result(waiting.accepted), ErrorCode.PEER_TIMEOUT, "within 100 ms");
    }
  }

  @Test
  void close_whileAccepting_endsIt() {
    var waiting = new Waiting(Parties.zero());
    waiting.close();

    assertFails(() -> result(waiting.accepted), ErrorCode.IO, "the listener was closed");
  }

  @Test
  void accept_afterThePeerCame_isRefusedAndThePortIsFree() throws Exception {
    try (var waiting = new Waiting(Parties.zero())) {
      waiting.acceptsStill(Parties.one());

      assertThatThrownBy(waiting.listener::accept).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(waiting::plainConnection).isInstanceOf(IOException.class);
    }
  }

  @Test
  void open_addressInUse_saysSo() {
    try (var waiting = new Waiting(Parties.zero())) {
      var endpoint = Parties.zero().endpoint(new LinkedBlockingQueue<>());

      assertFails(
          () -> DirectListener.open(waiting.address(), endpoint),
          ErrorCode.IO,
          "cannot listen on " + waiting.address());
    }
  }

  @Test
  void receive_peerClosesInMidFrame_endsWithPeerClosed() throws Exception {
    try (var waiting = new Waiting(Parties.zero());
        SSLSocket peer = agreed(waiting);
        var channel = result(waiting.accepted)) {
      peer.getOutputStream().write(frame(1000, new byte[400]));
      closeNow(peer);

      assertFails(
          channel::receive, ErrorCode.PEER_CLOSED, "middle of a message", "400 of 1000 bytes");
    }
  }

  @Test
  void receive_peerClosesInMidLength_endsWithPeerClosed() throws Exception {
    try (var waiting = new Waiting(Parties.zero());
        SSLSocket peer = agreed(waiting);
        var channel = result(waiting.accepted)) {
      peer.getOutputStream().write(new byte[3]);
      closeNow(peer);

      assertFails(channel::receive, ErrorCode.PEER_CLOSED, "middle of a message's length");
    }
  }

  @Test
  void receive_connectionCutWithoutGoodbye_endsWithPeerClosed() throws Exception {
    try (var waiting = new Waiting(Parties.zero());
        Socket plain = waiting.plainConnection();
        SSLSocket peer = agreed(waiting, plain);
        var channel = result(waiting.accepted)) {
      peer.getOutputStream().write(frame(1000, new byte[400]));
      // Linger of zero: the kernel sends a reset, as for a process that died with unread input.
      plain.setSoLinger(true, 0);
      closeNow(plain);

      assertFails(channel::receive, ErrorCode.PEER_CLOSED);
    }
  }

  @Test
  void receive_lengthBeyondTheLimit_isRefused() throws Exception {
    for (long length : new long[] {1001, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      try (var waiting = new Waiting(Parties.zero());
          SSLSocket peer = agreed(waiting);
          var channel = result(waiting.accepted)) {
        peer.getOutputStream().write(frame(length, new byte[0]));

        assertFails(
            () -> channel.receive(1000), ErrorCode.PROTOCOL, length + " bytes", "at most 1000");
      }
    }
  }

  @Test
  void receive_longMessageAnnouncedButNotSent_takesLittleMemory() throws Exception {
    long announced = Integer.MAX_VALUE - 8L;
    assertThat(Runtime.getRuntime().maxMemory()).as("heap").isGreaterThan(64 << 20);
    try (var waiting = new Waiting(Parties.zero());
        SSLSocket peer = agreed(waiting);
        var channel = result(waiting.accepted)) {
      peer.getOutputStream().write(frame(announced, new byte[10]));
      long before = allocated();
      var received = CompletableFuture.supplyAsync(() -> channel.receive(announced));
      closeNow(peer);

      assertFails(() -> result(received), ErrorCode.PEER_CLOSED, "10 of " + announced);
      assertThat(allocated() - before).isLessThan(64 << 20);
    }
  }

  /** Bytes allocated by all platform and carrier threads, whatever was collected since. */
  private static long allocated() {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    return threads.getTotalThreadAllocatedBytes();
  }

  private static DirectLimits handshake(Duration duration) {
    return new DirectLimits(Duration.ofSeconds(20), duration, Duration.ofSeconds(20), 1 << 20);
  }

  private static byte[] frame(long length, byte[] content) {
    return ByteBuffer.allocate(Long.BYTES + content.length).putLong(length).put(content).array();
  }

  private static SSLSocket handshaken(Waiting waiting) throws IOException {
    return layered(waiting, waiting.plainConnection());
  }

  private static SSLSocket layered(Waiting waiting, Socket plain) throws IOException {
    return (SSLSocket)
        Parties.identity(Parties.ONE)
            .newContext(Optional.empty())
            .getSocketFactory()
            .createSocket(plain, "127.0.0.1", waiting.listener.port(), true);
  }

  private static SSLSocket agreed(Waiting waiting) throws IOException {
    return agreed(waiting, waiting.plainConnection());
  }

  /** A peer that kept to the protocol so far and may now do what it likes. */
  private static SSLSocket agreed(Waiting waiting, Socket plain) throws IOException {
    SSLSocket peer = layered(waiting, plain);
    var binding = new SessionBinding(1, Parties.PROGRAM, Parties.SESSION);
    byte[] hello = Hello.encode(binding);
    assertThat(peer.getInputStream().readNBytes(hello.length))
        .isEqualTo(Hello.encode(new SessionBinding(0, Parties.PROGRAM, Parties.SESSION)));
    peer.getOutputStream().write(hello);
    return peer;
  }
}
