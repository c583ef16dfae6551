package io.maskwire.cli.direct;

import io.maskwire.crypto.execution.ChannelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/**
 * A connection on which both sides have proved who they are. TLS is layered over a plain socket
 * that this class owns: closing the plain socket wakes every thread at once, whereas closing a TLS
 * socket first waits for a writer that may be stuck.
 */
final class SecureConnection {
  private static final Duration GOODBYE = Duration.ofSeconds(1);
  private static final int KEEP_ALIVE_IDLE_SECONDS = 30;
  private static final int KEEP_ALIVE_INTERVAL_SECONDS = 10;
  private static final int KEEP_ALIVE_PROBES = 3;

  private final Socket plain;
  private final SSLSocket tls;

  private SecureConnection(Socket plain, SSLSocket tls) {
    this.plain = plain;
    this.tls = tls;
  }

  /** The listener's half of the handshake; closes the socket if it fails. */
  static SecureConnection accept(Socket plain, DirectEndpoint endpoint) {
    HostPort peer = new HostPort(plain.getInetAddress().getHostAddress(), plain.getPort());
    return authenticate(plain, peer, endpoint, false);
  }

  /** The connector's half of the handshake; closes the socket if it fails. */
  static SecureConnection connect(Socket plain, HostPort peer, DirectEndpoint endpoint) {
    return authenticate(plain, peer, endpoint, true);
  }

  private static SecureConnection authenticate(
      Socket plain, HostPort peer, DirectEndpoint endpoint, boolean client) {
    try {
      tune(plain);
      SSLSocket tls =
          (SSLSocket)
              endpoint
                  .identity()
                  .newContext(endpoint.peerName())
                  .getSocketFactory()
                  .createSocket(plain, peer.host(), peer.port(), false);
      tls.setUseClientMode(client);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setProtocols(new String[] {TlsIdentity.PROTOCOL});
      if (!client) {
        parameters.setNeedClientAuth(true);
      } else if (endpoint.peerName().isEmpty()) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return new SecureConnection(plain, tls);
    } catch (IOException e) {
      closeGently(plain);
      throw ConnectionFailures.translate(e);
    }
  }

  private static void tune(Socket plain) throws IOException {
    // Rounds are small messages that the peer waits for.
    plain.setTcpNoDelay(true);
    plain.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    // The system's default notices a vanished machine after two hours.
    setIfSupported(plain, ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_SECONDS);
    setIfSupported(plain, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_INTERVAL_SECONDS);
    setIfSupported(plain, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
  }

  private static void setIfSupported(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }

  /**
   * Exchanges hellos; says why the peer is the wrong one, if so. In TLS 1.3 a client has finished
   * before the server has seen its certificate, so the listener speaks first: a refused client has
   * learnt nothing and has sent nothing that could push the alert out of its way.
   */
  Optional<String> agree(SessionBinding own) {
    try {
      if (!tls.getUseClientMode()) {
        tls.getOutputStream().write(Hello.encode(own));
      }
      Optional<String> disagreement = Hello.disagreement(tls.getInputStream(), own);
      if (tls.getUseClientMode()) {
        tls.getOutputStream().write(Hello.encode(own));
      }
      if (disagreement.isPresent()) {
        closeGently(plain);
      }
      return disagreement;
    } catch (IOException e) {
      closeGently(plain);
      throw ConnectionFailures.translate(e);
    }
  }

  InputStream input() throws IOException {
    return tls.getInputStream();
  }

  OutputStream output() throws IOException {
    return tls.getOutputStream();
  }

  /** Tells the peer that no more will come, and closes. */
  void close() {
    try {
      TimedCall.run(
          GOODBYE,
          () -> {
            tls.shutdownOutput();
            return true;
          },
          this::abort);
    } catch (ChannelException _) {
      // The peer is gone or does not listen; the connection ends all the same.
    } finally {
      abort();
    }
  }

  /** Closes at once; threads that wait for the connection end. */
  void abort() {
    close(plain);
  }

  /**
   * Closes so that the last bytes sent, an alert or a hello, still arrive: to close a socket with
   * unread input resets the connection, and a reset may overtake them.
   */
  private static void closeGently(Socket plain) {
    long end = System.nanoTime() + GOODBYE.toNanos();
    try {
      plain.shutdownOutput();
      plain.setSoTimeout((int) GOODBYE.toMillis());
      byte[] ignored = new byte[1 << 13];
      while (plain.getInputStream().read(ignored) >= 0 && System.nanoTime() - end < 0) {
        // Dropped.
      }
    } catch (IOException _) {
      // Nobody is left to be gentle with.
    } finally {
      close(plain);
    }
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // A socket that cannot be closed is as good as closed.
    }
  }
}
