package io.maskwire.tests.page;

import io.maskwire.cli.direct.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Key pairs from the files of a test certificate. */
final class KeyPairs {
  private KeyPairs() {}

  static KeyPair read(TestCertificates.Pem pem) throws IOException, GeneralSecurityException {
    byte[] chain = Files.readAllBytes(pem.certificate());
    var certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(chain));
    String key = Files.readString(pem.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
    var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key));
    return new KeyPair(
        certificate.getPublicKey(), KeyFactory.getInstance("EC").generatePrivate(encoded));
  }
}
