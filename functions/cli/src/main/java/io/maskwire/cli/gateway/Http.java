package io.maskwire.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** HTTP requests whose refusals are exceptions. */
final class Http implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** A request to {@code uri}, with a bearer token if there is one. */
  static HttpRequest.Builder request(URI uri, Optional<String> token) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(ANSWER);
    token.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
    return builder;
  }

  /**
   * The answer's body.
   *
   * @throws GatewayException if it is a refusal
   * @throws IOException if there is none
   */
  byte[] bytes(HttpRequest request) throws IOException {
    HttpResponse<byte[]> response = send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() >= 400) {
      throw refusal(response.statusCode(), response.body());
    }
    return response.body();
  }

  /** The answer's body as JSON. */
  JsonNode json(HttpRequest request) throws IOException {
    return MAPPER.readTree(bytes(request));
  }

  /** The answer's body as it comes; to be closed. */
  InputStream stream(HttpRequest request) throws IOException {
    HttpResponse<InputStream> response = send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() >= 400) {
      try (InputStream body = response.body()) {
        throw refusal(response.statusCode(), body.readAllBytes());
      }
    }
    return response.body();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return client.send(request, handler);
    } catch (ConnectException e) {
      throw new ConnectException("nobody answers at " + request.uri().getAuthority());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static GatewayException refusal(int status, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonNode json = MAPPER.readTree(body);
      if (json.hasNonNull("message")) {
        return new GatewayException(
            status, json.path("error").asText(), json.get("message").asText());
      }
    } catch (IOException _) {
      // Not ours: a proxy's page, say. Its text is all there is.
    }
    String start = text.length() > 200 ? text.substring(0, 200) : text;
    return new GatewayException(status, "", "HTTP %d %s".formatted(status, start).strip());
  }

  /** Abandons what is under way: the events of a session that nobody follows would go on. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
