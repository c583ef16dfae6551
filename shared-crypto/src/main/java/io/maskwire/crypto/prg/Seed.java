package io.maskwire.crypto.prg;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of 16 bytes (128 bits of security) or of 32 (a session's root), from which others are
 * derived. Never shown: {@link #toString} says only how long it is. {@link #wipe} it when its work
 * is done: every use afterwards throws {@link IllegalStateException}.
 */
public final class Seed {
  /** Length of all seeds but roots. */
  public static final int BYTES = 16;

  /** Length of a root. */
  public static final int ROOT_BYTES = 32;

  private static final byte[] DOMAIN = "maskwire/1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private volatile boolean wiped;

  private Seed(byte[] bytes) {
    if (bytes.length != BYTES && bytes.length != ROOT_BYTES) {
      throw new IllegalArgumentException("a seed has 16 or 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** A fresh seed of 16 bytes. */
  public static Seed random(SecureRandom random) {
    return draw(random, BYTES);
  }

  /** A fresh root of 32 bytes: 256 bits, from which a session's seeds are derived. */
  public static Seed randomRoot(SecureRandom random) {
    return draw(random, ROOT_BYTES);
  }

  private static Seed draw(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new Seed(bytes);
  }

  /** A seed over a copy of {@code bytes}, 16 or 32 of them. */
  public static Seed copyOf(byte[] bytes) {
    return new Seed(bytes.clone());
  }

  /** A copy of the secret bytes, for key files and the hash key only. */
  public byte[] toBytes() {
    return secret().clone();
  }

  /** Zeros would expand to what everybody knows: a mask of a wiped seed hides nothing. */
  private byte[] secret() {
    if (wiped) {
      throw new IllegalStateException(
          "the seed was wiped, its work is done: keys and masks serve one input");
    }
    return bytes;
  }

  /** What is in memory, wiped or not. */
  byte[] inMemory() {
    return bytes.clone();
  }

  /**
   * The seed of {@code label}: HKDF-Expand with SHA-256 (RFC 5869, section 2.3), the first 16 bytes
   * of its first block. Different labels give independent seeds; nothing leads back.
   */
  public Seed derive(Label label) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret(), "HmacSHA256"));
      mac.update(DOMAIN);
      mac.update(label.encoded());
      byte[] block = mac.doFinal(new byte[] {1});
      Seed derived = new Seed(Arrays.copyOf(block, BYTES));
      Arrays.fill(block, (byte) 0);
      return derived;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks HMAC-SHA-256", e);
    }
  }

  /** The key stream of this seed. */
  public Expansion expand() {
    return new Expansion(secret());
  }

  /** Overwrites the secret; whoever uses the seed afterwards is refused. May be repeated. */
  public void wipe() {
    wiped = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /** Compares in constant time; a seed that was wiped equals itself alone. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Seed seed
            && !wiped
            && !seed.wiped
            && MessageDigest.isEqual(bytes, seed.bytes));
  }

  /** The same for all seeds, so that nothing of the secret shows. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "Seed[" + bytes.length + " bytes]";
  }
}
