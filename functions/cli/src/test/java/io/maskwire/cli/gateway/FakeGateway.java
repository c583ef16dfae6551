package io.maskwire.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.maskwire.cli.output.Json;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.SessionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway and its dealer, which give whatever session and masks the test tells them to. */
final class FakeGateway implements AutoCloseable {
  private final HttpServer server;
  private final List<String> parties;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String session = "";
  private volatile byte[] masks = {};

  FakeGateway(List<String> parties) throws IOException {
    this.parties = List.copyOf(parties);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** From now on sessions are opened as {@code id}, with {@code seeds}. */
  void offer(SessionId id, MaskSeeds seeds) {
    session = id.toString();
    masks = seeds.encode();
  }

  /** Method and path of all requests so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    exchange.getRequestBody().readAllBytes();
    byte[] body =
        switch (path) {
          case "/api/sessions" -> opened().getBytes(UTF_8);
          case "/masks" -> masks;
          default -> new byte[0];
        };
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String opened() {
    var pems = Json.array();
    parties.forEach(pems::add);
    return Json.object()
        .put("session", session)
        .put("token", "token")
        .put("masks", address() + "masks")
        .set("parties", pems)
        .toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
