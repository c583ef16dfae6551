package io.maskwire.cli.direct;

import io.maskwire.exchange.seal.PemFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Who this party is and whom it trusts: its certificate chain and private key, and the authorities
 * that the peer's certificate must come from. Revocation is not checked: issue short-lived
 * certificates from an authority that serves this purpose alone.
 */
public final class TlsIdentity {
  static final String PROTOCOL = "TLSv1.3";

  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final List<X509Certificate> authorities;
  private final List<String> warnings;

  private TlsIdentity(
      List<X509Certificate> chain,
      PrivateKey key,
      List<X509Certificate> authorities,
      List<String> warnings) {
    this.chain = List.copyOf(chain);
    this.key = key;
    this.authorities = List.copyOf(authorities);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads and checks the three PEM files.
   *
   * @param certificateChain this party's certificate, then those between it and its authority
   * @param privateKey PKCS#8, unencrypted; EC, RSA or Ed25519
   * @param authority one or more CA certificates that the peer's chain may end in
   * @throws IllegalArgumentException if a file is not what it should be, the key does not belong to
   *     the certificate, or a certificate has expired; the message says which
   */
  public static TlsIdentity fromPem(Path certificateChain, Path privateKey, Path authority) {
    return fromPem(certificateChain, privateKey, authority, InstantSource.system());
  }

  static TlsIdentity fromPem(
      Path certificateChain, Path privateKey, Path authority, InstantSource clock) {
    List<X509Certificate> chain = PemFile.read(certificateChain, "certificate").certificates();
    PrivateKey key = PrivateKeys.read(privateKey);
    List<X509Certificate> authorities = PemFile.read(authority, "CA").certificates();
    for (X509Certificate certificate : chain) {
      requireCurrent(certificate, certificateChain, clock.instant());
    }
    for (X509Certificate certificate : authorities) {
      requireCurrent(certificate, authority, clock.instant());
      if (certificate.getBasicConstraints() < 0) {
        throw new IllegalArgumentException(
            "%s: '%s' is no CA certificate".formatted(authority, nameOf(certificate)));
      }
    }
    if (!PrivateKeys.belongTogether(key, chain.getFirst().getPublicKey())) {
      throw new IllegalArgumentException(
          "the private key %s does not belong to the certificate '%s' of %s"
              .formatted(privateKey, nameOf(chain.getFirst()), certificateChain));
    }
    Optional<String> exposure = PrivateKeys.exposure(privateKey);
    return new TlsIdentity(chain, key, authorities, exposure.stream().toList());
  }

  private static void requireCurrent(X509Certificate certificate, Path file, Instant now) {
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new IllegalArgumentException(
          "%s: the certificate '%s' expired at %s"
              .formatted(file, nameOf(certificate), certificate.getNotAfter().toInstant()));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new IllegalArgumentException(
          "%s: the certificate '%s' is valid only from %s; is this machine's clock right?"
              .formatted(file, nameOf(certificate), certificate.getNotBefore().toInstant()));
    }
  }

  /** What an operator should know, a line each; empty if all is well. */
  public List<String> warnings() {
    return warnings;
  }

  /** The subject of this party's certificate. */
  public String name() {
    return nameOf(chain.getFirst());
  }

  /**
   * A context for one connection. Each has its own, so that no session is ever resumed: every peer
   * proves itself with its certificate.
   */
  SSLContext newContext(Optional<String> peerName) {
    // The store lives in memory only; JSSE insists on a password.
    char[] password = "in memory".toCharArray();
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, password);
      own.setKeyEntry("party", key, password, chain.toArray(new Certificate[0]));
      KeyManagerFactory keyManagers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keyManagers.init(own, password);
      TrustManager trust = PeerTrust.in(authorities, peerName);
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(keyManagers.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java runtime cannot set up TLS 1.3: " + e, e);
    }
  }

  private static String nameOf(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  @Override
  public String toString() {
    return "TlsIdentity[" + name() + "]";
  }
}
