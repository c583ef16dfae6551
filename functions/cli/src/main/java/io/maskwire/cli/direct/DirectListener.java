package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.Channel;
import io.maskwire.crypto.execution.ChannelException;
import io.maskwire.crypto.execution.ChannelException.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for the other party, once. Whoever connects without a certificate that this party trusts is
 * reported and dropped, and the waiting goes on. A trusted peer that was started for something else
 * ends it, since that is an operator's mistake that both sides should see.
 */
public final class DirectListener implements AutoCloseable {
  /** Connections that may be proving themselves at a time; further ones wait in the backlog. */
  static final int HANDSHAKES = 16;

  private final ServerSocket server;
  private final DirectEndpoint endpoint;
  private final Semaphore handshakes = new Semaphore(HANDSHAKES, true);
  private final Set<Socket> unproven = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Channel> outcome = new CompletableFuture<>();
  private final AtomicBoolean used = new AtomicBoolean();

  private DirectListener(ServerSocket server, DirectEndpoint endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Takes the address; the peer may connect from now on. */
  public static DirectListener open(HostPort address, DirectEndpoint endpoint) {
    try {
      ServerSocket server = new ServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(address.host(), address.port()));
        return new DirectListener(server, endpoint);
      } catch (IOException e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ChannelException(
          ErrorCode.IO, "cannot listen on %s: %s".formatted(address, e.getMessage()), e);
    }
  }

  /** The port taken, of interest where 0 was asked for. */
  public int port() {
    return server.getLocalPort();
  }

  /**
   * Waits for the peer and stops listening, whatever comes of it.
   *
   * @throws ChannelException PEER_TIMEOUT if the peer does not come, PROTOCOL if it comes for
   *     another session, program or role
   */
  public Channel accept() {
    if (used.getAndSet(true)) {
      throw new IllegalStateException("a listener accepts one peer; open another");
    }
    Thread.ofVirtual().start(this::acceptAll);
    CompletableFuture<Channel> bounded =
        outcome.orTimeout(endpoint.limits().connect().toNanos(), TimeUnit.NANOSECONDS);
    try {
      return bounded.get();
    } catch (ExecutionException e) {
      throw explain(Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      if (!outcome.completeExceptionally(e) && !outcome.isCompletedExceptionally()) {
        outcome.join().close();
      }
      Thread.currentThread().interrupt();
      throw new ChannelException(ErrorCode.IO, "interrupted while waiting for the peer", e);
    } finally {
      close();
    }
  }

  private ChannelException explain(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new ChannelException(
          ErrorCode.PEER_TIMEOUT,
          "the peer did not connect within " + endpoint.limits().connect().toMillis() + " ms",
          failure);
    }
    if (failure instanceof ChannelException known) {
      return new ChannelException(known.errorCode(), String.valueOf(known.getMessage()), known);
    }
    return new ChannelException(ErrorCode.IO, "the listener failed: " + failure, failure);
  }

  private void acceptAll() {
    try {
      while (!outcome.isDone()) {
        handshakes.acquire();
        Socket socket = server.accept();
        unproven.add(socket);
        if (outcome.isDone()) {
          SecureConnection.close(socket);
        }
        Thread.ofVirtual().start(() -> admit(socket));
      }
    } catch (IOException | InterruptedException e) {
      // Also the way a finished accept() ends this thread; then the outcome is there already.
      outcome.completeExceptionally(e);
    }
  }

  private void admit(Socket socket) {
    try {
      Channel channel =
          TimedCall.run(
              endpoint.limits().handshake(),
              () -> prove(socket),
              () -> SecureConnection.close(socket));
      unproven.remove(socket);
      if (!outcome.complete(channel)) {
        channel.close();
      }
    } catch (RuntimeException e) {
      unproven.remove(socket);
      SecureConnection.close(socket);
      if (!outcome.isDone()) {
        endpoint.report(
            "refused %s: %s".formatted(socket.getRemoteSocketAddress(), e.getMessage()));
      }
    } finally {
      handshakes.release();
    }
  }

  private Channel prove(Socket socket) {
    SecureConnection connection = SecureConnection.accept(socket, endpoint);
    Optional<String> disagreement = connection.agree(endpoint.binding());
    if (disagreement.isPresent()) {
      ChannelException failure = new ChannelException(ErrorCode.PROTOCOL, disagreement.get());
      outcome.completeExceptionally(failure);
      throw failure;
    }
    return new TlsChannel(connection, endpoint.limits());
  }

  /** Stops listening and ends an {@link #accept} that waits; a channel already made lives on. */
  @Override
  public void close() {
    outcome.completeExceptionally(
        new ChannelException(ErrorCode.IO, "the listener was closed before the peer came"));
    try {
      server.close();
    } catch (IOException e) {
      endpoint.report("cannot stop listening: " + e.getMessage());
    }
    unproven.forEach(SecureConnection::close);
  }
}
