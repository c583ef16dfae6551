package io.maskwire.gateway.app;

import io.maskwire.exchange.seal.Envelope;
import io.maskwire.exchange.seal.PemFile;
import io.maskwire.exchange.seal.SealKeys;
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
    pems.forEach(PartyCertificates::check);
  }

  private static void check(String pem) {
    PemFile file = PemFile.parse(pem, "a party's certificate", "certificate");
    SealKeys.of(file.certificates().getFirst());
  }

  /** What sealing for both parties adds to a message. */
  int sealingBytes() {
    return Envelope.overhead(pems.size());
  }
}
