package io.maskwire.compiler.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.exchange.event.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers registrations over HTTP as a dealer does, and keeps what it was sent. */
final class FakeDealer implements AutoCloseable {
  final List<String> paths = new CopyOnWriteArrayList<>();
  final List<String> authorizations = new CopyOnWriteArrayList<>();
  volatile int status = 200;
  private final HttpServer server;

  FakeDealer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.createContext("/versions/", this::answer);
    server.createContext("/stock", FakeDealer::stock);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static void stock(HttpExchange exchange) throws IOException {
    byte[] answer = "{\"versions\":[]}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
    JsonObject body = JsonObject.parse(exchange.getRequestBody().readAllBytes(), "the request");
    VersionSeeds seeds = VersionSeeds.random(new SecureRandom());
    byte[] key =
        new VersionKey(
                new ProgramId(body.bytes("program")),
                VersionKey.Reader.OWNER,
                List.of(seeds.party0(), seeds.party1()))
            .encode();
    byte[] answer =
        status == 200 ? key : JsonObject.create().put("error", "other-program").toBytes();
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
