package io.maskwire.compiler.function;

import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;

/** The dealer's HTTP surface, as the owner sees it: each request has a token of its own. */
public final class HttpDealer implements VersionRegistry {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);
  private static final int LONGEST_ANSWER = 500;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI dealer;
  private final PrivateKey ownerKey;

  /** The dealer at {@code dealer}, for the owner of {@code ownerKey}. */
  public HttpDealer(URI dealer, PrivateKey ownerKey) {
    this.dealer = dealer;
    this.ownerKey = ownerKey;
  }

  private String token(ModelVersionName name) {
    return Jwt.issuer("maskwire-owner")
        .audience("maskwire-dealer")
        .subject(name.toString())
        .expiresIn(TOKEN_LIFETIME)
        .jws()
        .algorithm(SignatureAlgorithm.ES256)
        .sign(ownerKey);
  }

  @Override
  public byte[] register(ModelVersionName name, ProgramId program) {
    byte[] body = JsonObject.create().put("program", program.toBytes()).toBytes();
    HttpRequest request =
        request("/versions/" + name)
            .header("Authorization", "Bearer " + token(name))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return body(send(request), "the registration of " + name);
  }

  /** The sessions that are ready, by version: JSON as the dealer writes it. */
  public byte[] stock() {
    return body(send(request("/stock").GET().build()), "the question for its stock");
  }

  private HttpRequest.Builder request(String path) {
    String base = dealer.toString().replaceFirst("/$", "");
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
  }

  private static byte[] body(HttpResponse<byte[]> response, String request) {
    if (response.statusCode() != 200) {
      String answer = new String(response.body(), StandardCharsets.UTF_8);
      throw new DealerException(
          "the dealer answers %d to %s: %s"
              .formatted(
                  response.statusCode(),
                  request,
                  answer.substring(0, Math.min(LONGEST_ANSWER, answer.length()))));
    }
    return response.body();
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new DealerException("the dealer at %s cannot be reached".formatted(dealer), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DealerException("interrupted while waiting for the dealer", e);
    }
  }
}
