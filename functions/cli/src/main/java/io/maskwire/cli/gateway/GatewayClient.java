package io.maskwire.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.cli.output.Json;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.seal.PemFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What a gateway and its dealer offer over HTTP. Thread safe. */
public final class GatewayClient implements AutoCloseable {
  private final Http http = new Http();
  private final URI gateway;
  private final Optional<String> token;

  /**
   * A client of {@code gateway}.
   *
   * @param token of the caller, where the gateway wants one
   */
  public GatewayClient(URI gateway, Optional<String> token) {
    String scheme = String.valueOf(gateway.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "a gateway's address starts with https:// or http://: " + gateway);
    }
    String address = gateway.toString();
    this.gateway = URI.create(address.endsWith("/") ? address : address + "/");
    this.token = token;
  }

  private URI at(String path) {
    return gateway.resolve(path);
  }

  /** The newest version of {@code model}, or the version that {@code model/version} names. */
  public ModelVersionName find(String model) throws IOException {
    int slash = model.indexOf('/');
    if (slash >= 0) {
      return new ModelVersionName(model.substring(0, slash), model.substring(slash + 1));
    }
    List<String> known = new ArrayList<>();
    for (JsonNode entry : http.json(Http.request(at("api/models"), token).build())) {
      String name = entry.path("model").asText();
      if (name.equals(model)) {
        return new ModelVersionName(model, entry.path("version").asText());
      }
      known.add(name);
    }
    throw new IllegalArgumentException(
        "the gateway has no model '%s'; it has %s"
            .formatted(model, known.isEmpty() ? "none" : known.stream().distinct().toList()));
  }

  /** A public file of a model, if it has it. */
  public Optional<byte[]> file(ModelVersionName name, String file) throws IOException {
    try {
      URI uri = at("api/models/" + name.blob(file));
      return Optional.of(http.bytes(Http.request(uri, token).build()));
    } catch (GatewayException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A session that is open.
   *
   * @param id its id
   * @param token opens its masks, events and result
   * @param masks where the dealer has its masks
   * @param parties certificates of party 0 and party 1
   */
  public record Session(String id, String token, URI masks, List<X509Certificate> parties) {
    public Session {
      parties = List.copyOf(parties);
    }

    @Override
    public String toString() {
      return "Session[" + id + "]";
    }
  }

  /** Opens a session whose result will be sealed for {@code resultKey}. */
  public Session open(ModelVersionName name, byte[] resultKey) throws IOException {
    String body =
        Json.object()
            .put("model", name.model())
            .put("version", name.version())
            .put("resultKey", HexFormat.of().formatHex(resultKey))
            .toString();
    JsonNode answer =
        http.json(
            Http.request(at("api/sessions"), token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    List<X509Certificate> parties = new ArrayList<>();
    for (JsonNode pem : answer.path("parties")) {
      parties.add(certificate(pem.asText()));
    }
    if (parties.size() != 2) {
      throw new IOException("the gateway names %d parties, not 2".formatted(parties.size()));
    }
    return new Session(
        answer.path("session").asText(),
        answer.path("token").asText(),
        URI.create(answer.path("masks").asText()),
        parties);
  }

  private static X509Certificate certificate(String pem) throws IOException {
    try {
      return PemFile.parse(pem, "the gateway's answer", "certificate").certificates().getFirst();
    } catch (IllegalArgumentException e) {
      throw new IOException("the gateway sends a certificate that is none", e);
    }
  }

  private static Optional<String> token(Session session) {
    return Optional.of(session.token());
  }

  private URI of(Session session, String what) {
    return at("api/sessions/" + session.id() + what);
  }

  /** The seeds of the session's masks, from the dealer. */
  public byte[] masks(Session session) throws IOException {
    return http.bytes(Http.request(session.masks(), token(session)).build());
  }

  /** Uploads the sealed masked input; to be repeated with the same bytes if it fails. */
  public void upload(Session session, byte[] sealed) throws IOException {
    http.bytes(
        Http.request(of(session, "/input"), token(session))
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(sealed))
            .build());
  }

  /** The session's server-sent events; to be closed. */
  InputStream events(Session session) throws IOException {
    return http.stream(
        Http.request(of(session, "/events"), token(session))
            .header("Accept", "text/event-stream")
            .build());
  }

  /** The sealed result shares of party 0 and party 1, if they are there. */
  public Optional<List<byte[]>> result(Session session) throws IOException {
    return shares(http.json(Http.request(of(session, "/result"), token(session)).build()));
  }

  static Optional<List<byte[]>> shares(JsonNode answer) throws IOException {
    if (!answer.hasNonNull("party0") || !answer.hasNonNull("party1")) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(answer.get("party0").binaryValue(), answer.get("party1").binaryValue()));
  }

  @Override
  public void close() {
    http.close();
  }
}
