package io.maskwire.tests.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The network between a browser and a server: it can be cut, and joined again. */
final class Cable implements AutoCloseable {
  private final URI target;
  private final int port;
  private final Set<Socket> sockets = new HashSet<>();
  private ServerSocket server;

  /** To the server at {@code target} on this machine. */
  Cable(URI target) throws IOException {
    this.target = target;
    server = listen(0);
    port = server.getLocalPort();
  }

  private ServerSocket listen(int wanted) throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
    Thread.ofPlatform().daemon().start(() -> accept(listening));
    return listening;
  }

  /** Where the server is seen through this cable. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  private void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
        join(client, far);
      }
    } catch (IOException _) {
      // Cut.
    }
  }

  private synchronized void join(Socket client, Socket far) throws IOException {
    sockets.addAll(List.of(client, far));
    if (server.isClosed()) {
      hangUp();
      return;
    }
    Thread.ofPlatform().daemon().start(() -> pump(client, far));
    Thread.ofPlatform().daemon().start(() -> pump(far, client));
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException _) {
      // One side is gone: closing tells the other.
    }
  }

  /** Breaks all connections, and lets none be made. */
  synchronized void cut() throws IOException {
    server.close();
    hangUp();
  }

  private void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  /** Lets connections be made again. */
  synchronized void restore() throws IOException {
    server = listen(port);
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
