package io.maskwire.gateway.token;

import io.maskwire.exchange.seal.PemFile;
import io.maskwire.exchange.seal.SealKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import javax.crypto.KeyAgreement;

/**
 * The key that signs tokens, with the public one that belongs to it. A PKCS#8 file has the private
 * key only, and Java derives no other from it, so it is done here: ECDH with the curve's generator
 * gives the point's x, the curve its two y, and a signature tells which one.
 */
public final class SigningKey {
  private final PrivateKey privateKey;
  private final ECPublicKey publicKey;

  private SigningKey(ECPrivateKey privateKey) throws GeneralSecurityException {
    this.privateKey = privateKey;
    this.publicKey = publicKeyOf(privateKey);
  }

  /**
   * The key in {@code pem}, P-256 in PKCS#8 form.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static SigningKey ofPem(String pem) {
    PemFile file = PemFile.parse(pem, "the signing key", "private key");
    try {
      return new SigningKey(SealKeys.privateKey(file));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key belongs to the signing key", e);
    }
  }

  private static ECPublicKey publicKeyOf(ECPrivateKey key) throws GeneralSecurityException {
    ECParameterSpec curve = key.getParams();
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(
        KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)),
        true);
    BigInteger x = new BigInteger(1, agreement.generateSecret());
    BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger square =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(prime);
    // p = 3 mod 4 for P-256
    BigInteger y = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    for (BigInteger candidate : List.of(y, prime.subtract(y))) {
      ECPublicKey point = SealKeys.decode(uncompressed(x, candidate));
      if (belongTogether(key, point)) {
        return point;
      }
    }
    throw new GeneralSecurityException("no public key belongs to the signing key");
  }

  private static byte[] uncompressed(BigInteger x, BigInteger y) {
    byte[] point = new byte[SealKeys.POINT_BYTES];
    point[0] = 4;
    put(x, point, 1 + 32);
    put(y, point, 1 + 64);
    return point;
  }

  private static void put(BigInteger number, byte[] target, int end) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, target, end - length, length);
  }

  private static boolean belongTogether(PrivateKey key, ECPublicKey point)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(point);
    return signature.verify(signed);
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /** What verifies its signatures. */
  public ECPublicKey publicKey() {
    return publicKey;
  }
}
