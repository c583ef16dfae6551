package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * Connects to the other party's listener, again and again until it is there. A listener that is
 * there but not trusted, or runs something else, ends it at once: waiting would not help.
 */
public final class DirectConnector {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Time as the connector sees it; a test has its own. */
  interface Waiting {
    long nanoTime();

    void pause(Duration duration) throws InterruptedException;
  }

  private static final Waiting REAL_TIME =
      new Waiting() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  private final DirectEndpoint endpoint;
  private final Waiting waiting;

  public DirectConnector(DirectEndpoint endpoint) {
    this(endpoint, REAL_TIME);
  }

  DirectConnector(DirectEndpoint endpoint, Waiting waiting) {
    this.endpoint = endpoint;
    this.waiting = waiting;
  }

  /**
   * Waits for the listener at {@code peer} and connects to it.
   *
   * @throws ChannelException PEER_TIMEOUT if it does not come up in time, UNTRUSTED_PEER if either
   *     side does not trust the other, PROTOCOL if it is there for another session, program or role
   */
  public Channel connect(HostPort peer) {
    long end = waiting.nanoTime() + endpoint.limits().connect().toNanos();
    Duration pause = FIRST_PAUSE;
    String lastReason = "";
    for (int turn = 0; ; turn++) {
      ChannelException failure;
      try {
        return attempt(peer, turn, Duration.ofNanos(Math.max(end - waiting.nanoTime(), 1)));
      } catch (ChannelException e) {
        failure = e;
      }
      if (!mayPass(failure.errorCode())) {
        throw failure;
      }
      String reason = String.valueOf(failure.getMessage());
      if (end - waiting.nanoTime() <= pause.toNanos()) {
        throw new ChannelException(
            ErrorCode.PEER_TIMEOUT,
            "no peer at %s within %d ms: %s"
                .formatted(peer, endpoint.limits().connect().toMillis(), reason),
            failure);
      }
      if (!reason.equals(lastReason)) {
        endpoint.report("waiting for the peer at %s: %s".formatted(peer, reason));
        lastReason = reason;
      }
      sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private static boolean mayPass(ErrorCode code) {
    return switch (code) {
      case IO, PEER_CLOSED, PEER_TIMEOUT -> true;
      case PROTOCOL, UNTRUSTED_PEER -> false;
    };
  }

  private void sleep(Duration pause) {
    try {
      waiting.pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelException(ErrorCode.IO, "interrupted while waiting for the peer", e);
    }
  }

  private Channel attempt(HostPort peer, int turn, Duration left) {
    Duration handshake = endpoint.limits().handshake();
    Duration limit = left.compareTo(handshake) < 0 ? left : handshake;
    Socket socket = new Socket();
    try {
      return TimedCall.run(
          limit, () -> prove(socket, peer, turn), () -> SecureConnection.close(socket));
    } catch (RuntimeException e) {
      SecureConnection.close(socket);
      throw e;
    }
  }

  private Channel prove(Socket socket, HostPort peer, int turn) {
    try {
      // A name may stand for several addresses, of which the peer listens on one: each has its
      // turn.
      InetAddress[] addresses = InetAddress.getAllByName(peer.host());
      socket.connect(new InetSocketAddress(addresses[turn % addresses.length], peer.port()));
    } catch (IOException e) {
      throw new ChannelException(ErrorCode.PEER_CLOSED, "cannot connect: " + e.getMessage(), e);
    }
    SecureConnection connection = SecureConnection.connect(socket, peer, endpoint);
    Optional<String> disagreement = connection.agree(endpoint.binding());
    if (disagreement.isPresent()) {
      throw new ChannelException(ErrorCode.PROTOCOL, disagreement.get());
    }
    return new TlsChannel(connection, endpoint.limits());
  }
}
