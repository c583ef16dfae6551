package io.maskwire.exchange.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes blobs as the service does, in one request each, and is busy a few times before. */
final class BlobServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final int busy;

  /** What came. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Request(String method, String query, String condition, byte[] body) {}

  BlobServer(int busy) throws IOException {
    this.busy = busy;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              String.valueOf(exchange.getRequestURI().getQuery()),
              String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")),
              exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(requests.size() > busy ? 201 : 503, -1);
    }
  }

  /** The address of a container here, in which a blob may be created and nothing else. */
  String container() {
    return "http://127.0.0.1:%d/account/keys?sp=c&sig=none"
        .formatted(server.getAddress().getPort());
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
