package io.maskwire.crypto.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InMemoryChannelTest {
  private final InMemoryChannel.Pair pair = InMemoryChannel.pair();
  private final InMemoryChannel zero = pair.zero();
  private final InMemoryChannel one = pair.one();

  @Test
  void exchange_twoParties_eachGetsTheOthersMessage() {
    var other = CompletableFuture.supplyAsync(() -> one.exchange(new byte[] {4, 5}));

    assertThat(zero.exchange(new byte[] {1, 2, 3})).containsExactly(4, 5);
    assertThat(other.orTimeout(10, TimeUnit.SECONDS).join()).containsExactly(1, 2, 3);
    assertThat(zero.bytesSent()).isEqualTo(3).isEqualTo(one.bytesReceived());
    assertThat(zero.bytesReceived()).isEqualTo(2).isEqualTo(one.bytesSent());
  }

  @Test
  void send_bufferReusedAfterwards_peerSeesWhatWasSent() {
    byte[] buffer = {7};
    zero.send(buffer);
    buffer[0] = 8;

    assertThat(one.receive()).containsExactly(7);
  }

  @Test
  void receive_severalMessages_keepsTheirOrder() {
    zero.send(new byte[] {1});
    zero.send(new byte[0]);
    zero.send(new byte[] {3});

    assertThat(one.receive()).containsExactly(1);
    assertThat(one.receive()).isEmpty();
    assertThat(one.receive()).containsExactly(3);
  }

  @Test
  void receive_peerClosesWhileWaiting_endsWithPeerClosed() {
    var waiting = CompletableFuture.runAsync(() -> one.receive());
    zero.close();

    assertThatThrownBy(waiting::join).cause().satisfies(e -> hasCode(e, ErrorCode.PEER_CLOSED));
  }

  @Test
  void receive_peerFailed_namesTheCause() {
    zero.abort(new IllegalStateException("no keys left"));

    assertFails(one::receive, ErrorCode.PEER_CLOSED, "no keys left");
  }

  @Test
  void receive_sentBeforeClose_isDelivered() {
    zero.send(new byte[] {1});
    zero.close();

    assertThat(one.receive()).containsExactly(1);
    assertFails(one::receive, ErrorCode.PEER_CLOSED, "closed");
  }

  @Test
  void send_peerClosed_isRefused() {
    one.close();

    assertFails(() -> zero.send(new byte[1]), ErrorCode.PEER_CLOSED, "closed");
    assertThat(zero.bytesSent()).isZero();
  }

  @Test
  void transfer_afterOwnClose_isRefused() {
    one.send(new byte[] {1});
    zero.close();

    assertFails(() -> zero.send(new byte[1]), ErrorCode.IO, "this side");
    assertFails(zero::receive, ErrorCode.IO, "this side");
  }

  @Test
  void receive_ownCloseWhileWaiting_ends() {
    var waiting = CompletableFuture.runAsync(() -> one.receive());
    one.close();

    assertThatThrownBy(waiting::join).cause().satisfies(e -> hasCode(e, ErrorCode.IO));
  }

  @Test
  void receive_messageLongerThanLimit_endsBothSides() {
    zero.send(new byte[11]);

    assertFails(() -> one.receive(10), ErrorCode.PROTOCOL, "11 bytes, at most 10");
    assertFails(zero::receive, ErrorCode.PEER_CLOSED, "at most 10");
  }

  @Test
  void receive_messageOfExactlyTheLimit_isAccepted() {
    zero.send(new byte[10]);

    assertThat(one.receive(10)).hasSize(10);
  }

  @Test
  void receive_silentPeer_timesOut() {
    try (var impatient = InMemoryChannel.pair(Duration.ofMillis(20))) {
      assertFails(() -> impatient.one().receive(), ErrorCode.PEER_TIMEOUT, "20 ms");
    }
  }

  @Test
  void receive_interrupted_endsAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();

    assertFails(zero::receive, ErrorCode.IO, "interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void pair_zeroTimeout_isRefused() {
    assertThatThrownBy(() -> InMemoryChannel.pair(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .satisfies(failure -> hasCode(failure, code));
  }

  private static void hasCode(Throwable failure, ErrorCode code) {
    assertThat(failure).isInstanceOf(ChannelException.class);
    assertThat(((ChannelException) failure).errorCode()).isEqualTo(code);
  }
}
