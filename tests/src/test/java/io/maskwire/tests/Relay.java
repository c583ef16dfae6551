package io.maskwire.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * The network between two parties. Once the listening side has sent a certain number of bytes, it
 * swallows all that the connecting side sends: both sides then wait for each other in mid-session.
 * When one side ends, so does the connection to the other.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final long listenerBytes;
  private final CountDownLatch holding = new CountDownLatch(1);
  private volatile boolean swallowing;

  /** A relay to {@code target} on this machine that swallows after its {@code listenerBytes}. */
  Relay(int target, long listenerBytes) throws IOException {
    this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.target = target;
    this.listenerBytes = listenerBytes;
    Thread.ofPlatform().daemon().start(this::run);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits until something is held back. */
  void awaitHolding() throws InterruptedException {
    assertThat(holding.await(60, TimeUnit.SECONDS)).as("the session got so far").isTrue();
  }

  private void run() {
    try (Socket connecting = server.accept();
        Socket listening = new Socket(InetAddress.getLoopbackAddress(), target)) {
      Thread back = Thread.ofPlatform().daemon().start(() -> answer(listening, connecting));
      forward(connecting, listening);
      back.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Socket listening, Socket connecting) {
    long[] left = {listenerBytes};
    pump(
        listening,
        connecting,
        count -> {
          left[0] -= count;
          swallowing = swallowing || left[0] < 0;
          return true;
        });
  }

  private void forward(Socket connecting, Socket listening) {
    pump(
        connecting,
        listening,
        count -> {
          if (swallowing) {
            holding.countDown();
          }
          return !swallowing;
        });
  }

  private static void pump(Socket from, Socket to, IntPredicate forwards) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 12];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (forwards.test(count)) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException _) {
      // One side is gone: closing tells the other.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
