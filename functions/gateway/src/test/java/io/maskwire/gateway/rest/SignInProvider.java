package io.maskwire.gateway.rest;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
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
  private static final int BAD_REQUEST = 400;
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration BRIEF = Duration.ofSeconds(2);

  private SignInProvider() {}

  /** A token that is good for an hour. */
  static String token(String name, String... roles) {
    return token(name, CLIENT, Instant.now().plus(LONG), roles);
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
    signsIn(server, LONG, name, roles);
  }

  /** As {@link #signsIn}, for two seconds, unless it is renewed. */
  static void signsInBriefly(WireMockServer server, String name, String... roles) {
    signsIn(server, BRIEF, name, roles);
  }

  private static void signsIn(WireMockServer server, Duration time, String name, String... roles) {
    server.stubFor(
        WireMock.post(TOKEN_ENDPOINT)
            .withRequestBody(WireMock.containing("code_verifier="))
            .willReturn(tokens(token(name, CLIENT, Instant.now().plus(time), roles))));
  }

  private static ResponseDefinitionBuilder tokens(String idToken) {
    return WireMock.okJson(
        """
        {"access_token": "opaque", "refresh_token": "again", "id_token": "%s"}
        """
            .formatted(idToken));
  }

  /** Whoever is signed in stays so, as {@code name} with these roles. */
  static void renews(WireMockServer server, String name, String... roles) {
    answerRenewals(server, tokens(token(name, roles)));
  }

  /** The provider knows no sign-in any more. */
  static void refusesToRenew(WireMockServer server) {
    answerRenewals(server, WireMock.jsonResponse("{\"error\": \"invalid_grant\"}", BAD_REQUEST));
  }

  private static void answerRenewals(WireMockServer server, ResponseDefinitionBuilder answer) {
    server.resetRequests();
    server.stubFor(
        WireMock.post(TOKEN_ENDPOINT)
            .withRequestBody(WireMock.containing("refresh_token=again"))
            .willReturn(answer));
  }

  /** Whether a renewal was asked for since it was said how they are answered. */
  static boolean wasAskedToRenew(WireMockServer server) {
    return !server
        .findAll(
            WireMock.postRequestedFor(WireMock.urlEqualTo(TOKEN_ENDPOINT))
                .withRequestBody(WireMock.containing("grant_type=refresh_token")))
        .isEmpty();
  }
}
