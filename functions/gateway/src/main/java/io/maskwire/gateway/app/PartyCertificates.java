package io.maskwire.gateway.app;

import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.PemFile;
import io.maskwire.exchange.seal.Purpose;
import io.maskwire.exchange.seal.SealKeys;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.List;

/**
 * The parties' certificates, which users seal their inputs for.
 *
 * @param pems party 0's, then party 1's
 */
public record PartyCertificates(List<String> pems) {
  public PartyCertificates {
    pems = List.copyOf(pems);
    if (pems.size() != 2) {
      throw new IllegalArgumentException(
          "set the certificates of party 0 and of party 1, not of " + pems.size());
    }
  }

  private static ECPublicKey key(String pem) {
    PemFile file = PemFile.parse(pem, "a party's certificate", "certificate");
    return SealKeys.of(file.certificates().getFirst());
  }

  /** What sealing for both parties adds to a message. */
  int sealingBytes() {
    List<ECPublicKey> keys = pems.stream().map(PartyCertificates::key).toList();
    return Envelope.seal(new Purpose("length"), new byte[0], keys, new SecureRandom()).length;
  }
}
