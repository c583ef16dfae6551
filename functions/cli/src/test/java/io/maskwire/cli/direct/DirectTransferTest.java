package io.maskwire.cli.direct;

import static io.maskwire.cli.direct.Parties.assertFails;
import static io.maskwire.cli.direct.Parties.inBackground;
import static io.maskwire.cli.direct.Parties.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.maskwire.cli.direct.Parties.Linked;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectTransferTest {
  @Test
  void exchange_largeMessagesBothWays_doesNotBlock() {
    byte[] fromZero = randomBytes(1, 64 << 20);
    byte[] fromOne = randomBytes(2, 64 << 20);

    try (var linked = Linked.of(Parties.zero(), Parties.one())) {
      var atOne = inBackground(() -> linked.one().exchange(fromOne));

      assertThat(linked.zero().exchange(fromZero)).isEqualTo(fromOne);
      assertThat(result(atOne)).isEqualTo(fromZero);
      assertThat(linked.zero().bytesSent()).isEqualTo(64 << 20);
      assertThat(linked.one().bytesReceived()).isEqualTo(64 << 20);
    }
  }

  @Test
  void exchange_sizesAroundChunks_arriveWhole() {
    int[] sizes = {0, 1, 7, 16383, 16384, 65535, 65536, 65537, 1 << 20, (1 << 20) + 1, 3 << 20};
    try (var linked = Linked.of(Parties.zero(), Parties.one())) {
      long total = 0;
      for (int size : sizes) {
        byte[] fromZero = randomBytes(size, size);
        byte[] fromOne = randomBytes(~size, size / 2);
        var atOne = inBackground(() -> linked.one().exchange(fromOne));

        assertThat(linked.zero().exchange(fromZero)).isEqualTo(fromOne);
        assertThat(result(atOne)).isEqualTo(fromZero);
        total += size;
      }
      assertThat(linked.zero().bytesSent()).isEqualTo(total);
      assertThat(linked.one().bytesReceived()).isEqualTo(total);
    }
  }

  @Test
  void receive_sentBeforeClose_isDelivered() {
    byte[] last = randomBytes(3, 5 << 20);
    try (var linked = Linked.of(Parties.zero(), Parties.one())) {
      var received = inBackground(() -> linked.one().receive());
      linked.zero().send(last);
      linked.zero().close();

      assertThat(result(received)).isEqualTo(last);
      assertFails(linked.one()::receive, ErrorCode.PEER_CLOSED, "the peer closed the connection");
    }
  }

  @Test
  void receive_messageLongerThanLimit_isRefusedAndEndsBothSides() {
    try (var linked = Linked.of(Parties.zero(), Parties.one())) {
      linked.zero().send(new byte[101]);

      assertFails(() -> linked.one().receive(100), ErrorCode.PROTOCOL, "101 bytes", "at most 100");
      assertFails(linked.one()::receive, ErrorCode.PROTOCOL, "101 bytes");
      assertFails(linked.zero()::receive, ErrorCode.PEER_CLOSED);
    }
  }

  @Test
  void receive_limitBeyondAnyArray_isTheCallersMistake() {
    try (var linked = Linked.of(Parties.zero(), Parties.one())) {
      assertThatIllegalArgumentException().isThrownBy(() -> linked.zero().receive(1L << 31));
      assertThatIllegalArgumentException().isThrownBy(() -> linked.zero().receive(-1));
    }
  }

  @Test
  void receive_silentPeer_timesOut() {
    var impatient = Parties.zero().limits(progress(Duration.ofMillis(200)));
    try (var linked = Linked.of(impatient, Parties.one())) {
      assertFails(linked.zero()::receive, ErrorCode.PEER_TIMEOUT, "200 ms");
      assertFails(linked.one()::receive, ErrorCode.PEER_CLOSED);
    }
  }

  @Test
  void send_peerThatDoesNotRead_timesOut() {
    var impatient = Parties.zero().limits(progress(Duration.ofMillis(500)));
    try (var linked = Linked.of(impatient, Parties.one())) {
      assertFails(() -> linked.zero().send(new byte[128 << 20]), ErrorCode.PEER_TIMEOUT, "500 ms");
    }
  }

  @Test
  void close_whileReceiving_endsTheReceiver() throws InterruptedException {
    try (var linked = Linked.of(Parties.zero(), Parties.one())) {
      var waiting = inBackground(() -> linked.zero().receive());
      linked.zero().close();

      assertFails(() -> result(waiting), ErrorCode.IO, "this side of the channel is closed");
    }
  }

  @Test
  void receive_interrupted_endsAndKeepsTheInterrupt() {
    try (var linked = Linked.of(Parties.zero(), Parties.one())) {
      Thread.currentThread().interrupt();

      assertFails(linked.zero()::receive, ErrorCode.IO, "interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void send_beyondWhatAConnectionCarries_isRefused() {
    var limits =
        new DirectLimits(
            Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(20), 1000);
    try (var linked = Linked.of(Parties.zero().limits(limits), Parties.one())) {
      linked.zero().send(new byte[900]);
      assertThat(linked.one().receive()).hasSize(900);

      assertFails(() -> linked.zero().send(new byte[85]), ErrorCode.PROTOCOL, "at most 1000 bytes");
    }
  }

  @Test
  void receive_beyondWhatAConnectionCarries_isRefused() {
    var limits =
        new DirectLimits(
            Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(20), 1000);
    try (var linked = Linked.of(Parties.zero().limits(limits), Parties.one())) {
      linked.one().send(new byte[993]);

      assertFails(linked.zero()::receive, ErrorCode.PROTOCOL, "at most 1000 bytes");
    }
  }

  private static DirectLimits progress(Duration duration) {
    return new DirectLimits(Duration.ofSeconds(20), Duration.ofSeconds(10), duration, 1L << 32);
  }

  private static byte[] randomBytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
