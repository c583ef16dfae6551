package io.maskwire.exchange.seal;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Keys on P-256: from certificates, fresh ones, and public ones as 65 bytes (SEC 1, 2.3.3). */
public final class SealKeys {
  /** Length of an uncompressed point. */
  public static final int POINT_BYTES = 65;

  private static final int COORDINATE_BYTES = 32;
  private static final ECParameterSpec CURVE = curve();

  private SealKeys() {}

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks P-256", e);
    }
  }

  /** A fresh pair, as a user makes one for each session. */
  public static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks P-256", e);
    }
  }

  /**
   * The key of a certificate.
   *
   * @throws IllegalArgumentException if it is on another curve or of another kind
   */
  public static ECPublicKey of(X509Certificate certificate) {
    return require(
        certificate.getPublicKey(),
        "the certificate of " + certificate.getSubjectX500Principal().getName());
  }

  /**
   * The private key of a file in PKCS#8 form.
   *
   * @throws IllegalArgumentException if it holds none on P-256
   */
  public static ECPrivateKey privateKey(PemFile file) {
    byte[] encoded = file.privateKey();
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (key instanceof ECPrivateKey ec && isP256(ec)) {
        return ec;
      }
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException(
          file.source() + " holds no private key of P-256 (prime256v1)", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks P-256", e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw new IllegalArgumentException(
        file.source() + " holds a private key of another curve than P-256 (prime256v1)");
  }

  /** Whether {@code key} is of P-256, public or private. */
  static boolean isP256(Key key) {
    return key instanceof ECKey ec
        && ec.getParams().getCurve().equals(CURVE.getCurve())
        && ec.getParams().getOrder().equals(CURVE.getOrder());
  }

  private static ECPublicKey require(PublicKey key, String whose) {
    if (key instanceof ECPublicKey ec && isP256(ec)) {
      return ec;
    }
    throw new IllegalArgumentException(
        "%s has a key of %s; P-256 (prime256v1) is needed".formatted(whose, key.getAlgorithm()));
  }

  /** The uncompressed point. */
  public static byte[] encode(PublicKey key) {
    ECPoint point = require(key, "this").getW();
    byte[] bytes = new byte[POINT_BYTES];
    bytes[0] = 4;
    put(point.getAffineX(), bytes, 1);
    put(point.getAffineY(), bytes, 1 + COORDINATE_BYTES);
    return bytes;
  }

  /** The private number, 32 bytes. */
  static byte[] scalar(ECPrivateKey key) {
    byte[] bytes = new byte[COORDINATE_BYTES];
    put(key.getS(), bytes, 0);
    return bytes;
  }

  private static void put(BigInteger coordinate, byte[] bytes, int offset) {
    byte[] magnitude = coordinate.toByteArray();
    int skipped = Math.max(0, magnitude.length - COORDINATE_BYTES);
    int length = magnitude.length - skipped;
    System.arraycopy(magnitude, skipped, bytes, offset + COORDINATE_BYTES - length, length);
  }

  /**
   * Reads an uncompressed point.
   *
   * @throws IllegalArgumentException if it is none of the curve
   */
  public static ECPublicKey decode(byte[] bytes) {
    if (bytes.length != POINT_BYTES || bytes[0] != 4) {
      throw new IllegalArgumentException(
          "a public key is an uncompressed point of P-256, %d bytes that start with 4"
              .formatted(POINT_BYTES));
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 1 + COORDINATE_BYTES));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 1 + COORDINATE_BYTES, POINT_BYTES));
    if (!isOnCurve(x, y)) {
      throw new IllegalArgumentException("a public key is a point that is not on P-256");
    }
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC")
              .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key of P-256", e);
    }
  }

  /** y^2 = x^3 + a x + b: without this check, a point elsewhere gives away the private key. */
  private static boolean isOnCurve(BigInteger x, BigInteger y) {
    BigInteger prime = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    BigInteger right =
        x.multiply(x).add(CURVE.getCurve().getA()).multiply(x).add(CURVE.getCurve().getB());
    return x.compareTo(prime) < 0
        && y.compareTo(prime) < 0
        && y.multiply(y).subtract(right).mod(prime).signum() == 0;
  }
}
