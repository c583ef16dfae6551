package io.maskwire.cli.direct;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom a party takes for its peer: the chain ends in a given authority, nothing has expired, and,
 * where a peer name is given, the certificate carries it. The JDK does the first, and the host name
 * check where one is set on the socket; the rest happens here, inside the handshake, so that a
 * stranger sees an alert and nothing else.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  /** GeneralName dNSName, RFC 5280, 4.2.1.6. */
  private static final int DNS_NAME = 2;

  private final X509ExtendedTrustManager chains;
  private final Optional<String> peerName;

  private PeerTrust(X509ExtendedTrustManager chains, Optional<String> peerName) {
    this.chains = chains;
    this.peerName = peerName;
  }

  static PeerTrust in(Collection<X509Certificate> authorities, Optional<String> peerName)
      throws GeneralSecurityException, IOException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    for (X509Certificate authority : authorities) {
      anchors.setCertificateEntry("authority-" + anchors.size(), authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager chains) {
        return new PeerTrust(chains, peerName);
      }
    }
    throw new GeneralSecurityException("PKIX has no X.509 trust manager");
  }

  /** A check of the JDK's. */
  private interface Check {
    void run() throws CertificateException;
  }

  private void require(X509Certificate[] chain, Check check) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the peer presents no certificate");
    }
    X509Certificate peer = chain[0];
    String name = peer.getSubjectX500Principal().getName();
    try {
      check.run();
      // An authority that is itself the peer passes the JDK's check whatever its dates.
      peer.checkValidity();
    } catch (CertificateExpiredException e) {
      throw new CertificateException("the certificate '" + name + "' has expired", e);
    } catch (CertificateNotYetValidException e) {
      throw new CertificateException("the certificate '" + name + "' is not valid yet", e);
    } catch (CertificateException e) {
      throw new CertificateException(explain(name, e), e);
    }
    if (peerName.isPresent() && !namesOf(peer).contains(peerName.get())) {
      throw new CertificateException(
          "the certificate is for %s, not for '%s'".formatted(namesOf(peer), peerName.get()));
    }
  }

  private static String explain(String name, CertificateException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return "a certificate in the chain of '" + name + "' has expired or is not valid yet";
      }
    }
    Throwable cause = e.getCause();
    boolean forged =
        cause instanceof CertPathValidatorException invalid
            && invalid.getReason() == BasicReason.INVALID_SIGNATURE;
    // A wrong signature: an authority that merely has the same name as a trusted one.
    if (cause instanceof CertPathBuilderException || forged) {
      return "the certificate '" + name + "' does not come from a trusted authority";
    }
    if (cause instanceof CertPathValidatorException) {
      return "the chain of '" + name + "' is not valid: " + cause.getMessage();
    }
    return "the certificate '" + name + "' is refused: " + e.getMessage();
  }

  /** The common name and the DNS names. */
  static List<String> namesOf(X509Certificate certificate) throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase("CN") && rdn.getValue() instanceof String value) {
          names.add(value);
        }
      }
    } catch (InvalidNameException e) {
      throw new CertificateParsingException("the subject of the certificate is malformed", e);
    }
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> alternative : alternatives) {
        if (alternative.get(0).equals(DNS_NAME) && alternative.get(1) instanceof String value) {
          names.add(value);
        }
      }
    }
    return names;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    require(chain, () -> chains.checkClientTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    require(chain, () -> chains.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    require(chain, () -> chains.checkClientTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    require(chain, () -> chains.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    require(chain, () -> chains.checkClientTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    require(chain, () -> chains.checkServerTrusted(chain, authType));
  }

  /** None: whoever connects need not learn which authorities this party trusts. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
