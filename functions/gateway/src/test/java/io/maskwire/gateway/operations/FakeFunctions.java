package io.maskwire.gateway.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Functions that say how they are: one is well, one has lost its store, one does not answer. */
public final class FakeFunctions implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** Starts all of them. */
  public FakeFunctions() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/up/q/health", exchange -> answer(exchange, 200, health("UP")));
    server.createContext("/degraded/q/health", exchange -> answer(exchange, 503, health("DOWN")));
    server.createContext("/", this::other);
    server.start();
  }

  private static String health(String store) {
    return """
    {"status": "%1$s", "checks": [{"name": "broker", "status": "UP"},
                                  {"name": "store", "status": "%1$s"}]}"""
        .formatted(store);
  }

  private void other(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/q/metrics")) {
      answer(
          exchange,
          200,
          """
          # TYPE maskwire_refusals counter
          maskwire_refusals_total{reason="no-token",} 2.0
          maskwire_refusals_total{party="0",reason="no-token"} 1.0
          maskwire_refusals_total{reason="foreign-token"} 4.0
          jvm_threads_total{reason="no-token"} 9.0
          """);
    } else if (path.endsWith("/stock")) {
      answer(
          exchange,
          200,
          "{\"versions\": [{\"model\": \"net\", \"version\": \"v\", \"ready\": 2, \"configured\": 4}]}");
    } else {
      // No answer at all: the connection stays open until the end.
      exchange.getRequestBody().readAllBytes();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** One that is well. */
  public URI up() {
    return address("up");
  }

  /** One that has lost its store. */
  public URI degraded() {
    return address("degraded");
  }

  /** One that takes requests and never answers. */
  URI hanging() {
    return address("hanging");
  }

  private URI address(String name) {
    return URI.create("http://127.0.0.1:%d/%s/".formatted(server.getAddress().getPort(), name));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
