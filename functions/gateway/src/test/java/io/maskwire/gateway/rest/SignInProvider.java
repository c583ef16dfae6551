package io.maskwire.gateway.rest;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * An OpenID Connect provider as the gateway sees it, whose users have the roles that a test says.
 */
final class SignInProvider {
  /** What the gateway is to the provider, and whom tokens are for. */
  static final String CLIENT = "gateway-of-tests";

  /** Signs the tokens of the provider's realm. */
  private static final String KEY = "privateKey.jwk";

  private static final String ISSUER = "https://server.example.com";
  private static final String TOKEN_ENDPOINT = "/auth/realms/quarkus/token";

  private SignInProvider() {}

  /** A token that is good for an hour. */
  static String token(String name, String... roles) {
    return token(name, CLIENT, Instant.now().plus(Duration.ofHours(1)), roles);
  }

  static String token(String name, String audience, Instant expires, String... roles) {
    return Jwt.preferredUserName(name)
        .subject(name)
        .claim("roles", Set.of(roles))
        .issuer(ISSUER)
        .audience(audience)
        .issuedAt(expires.minus(Duration.ofHours(1)))
        .expiresAt(expires)
        .jws()
        .keyId("1")
        .sign(KEY);
  }

  /** Who signs in from now on is {@code name}. */
  static void signsIn(WireMockServer server, String name, String... roles) {
    server.stubFor(
        WireMock.post(TOKEN_ENDPOINT)
            .withRequestBody(WireMock.containing("code_verifier="))
            .willReturn(
                WireMock.okJson(
                    """
                    {"access_token": "opaque", "refresh_token": "again", "id_token": "%s"}
                    """
                        .formatted(token(name, roles)))));
  }
}
