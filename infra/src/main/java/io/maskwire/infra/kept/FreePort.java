package io.maskwire.infra.kept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses ports of the loopback interface. They lie below the range that systems give to outgoing
 * connections, so that a port that is kept is still free at the next start.
 */
public final class FreePort {
  private static final int LOWEST = 20_000;
  private static final int BEYOND = 32_000;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /** A port that nothing listens on now. */
  public static int choose() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port from %d to %d is free".formatted(LOWEST, BEYOND - 1));
  }

  /** Whether {@code port} could be listened on now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
