package io.maskwire.dealer;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.seal.SealKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Tokens as gateway and owner sign them, and as they should not be. */
public final class Tokens {
  /** An issuer's key. */
  public final KeyPair key;

  /** A fresh issuer. */
  public Tokens() {
    this(SealKeys.generate(new SecureRandom()));
  }

  private Tokens(KeyPair key) {
    this.key = key;
  }

  /** The issuer of this private key, PKCS #8 in base 64; for signing only. */
  public static Tokens of(String privateKey) {
    try {
      var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey));
      return new Tokens(
          new KeyPair(
              SealKeys.generate(new SecureRandom()).getPublic(),
              KeyFactory.getInstance("EC").generatePrivate(encoded)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no private key", e);
    }
  }

  /** A session's claims, an hour long. */
  public static JwtClaimsBuilder session(String session, ModelVersionName name) {
    return Jwt.issuer(TokenVerifier.GATEWAY)
        .subject(session)
        .audience(Set.of("maskwire-gateway", TokenVerifier.AUDIENCE))
        .claim("model", name.model())
        .claim("version", name.version())
        .expiresAt(Instant.now().plusSeconds(3600));
  }

  /** A version's claims, five minutes long. */
  public static JwtClaimsBuilder version(ModelVersionName name) {
    return Jwt.issuer(TokenVerifier.OWNER)
        .subject(name.toString())
        .audience(TokenVerifier.AUDIENCE)
        .expiresAt(Instant.now().plusSeconds(300));
  }

  /** The header with a token of these claims. */
  public Optional<String> header(JwtClaimsBuilder claims) {
    return Optional.of(
        "Bearer " + claims.jws().algorithm(SignatureAlgorithm.ES256).sign(key.getPrivate()));
  }

  /** The public key, as a file holds it. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(key.getPublic().getEncoded()));
  }
}
