package io.maskwire.cli.bench;

import io.maskwire.crypto.ring.Dense;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one thread of this machine can do at most, in the operations that the protocol is made of.
 *
 * @param aesBlocksPerSecond AES-128 under one key, in batches of 512 blocks
 * @param multiplyAddsPerSecond 64-bit multiply-adds of a dense layer in the second-level cache
 * @param copyBytesPerSecond bytes copied between arrays far larger than the caches
 */
public record Machine(
    double aesBlocksPerSecond, double multiplyAddsPerSecond, double copyBytesPerSecond) {

  /** Measures, {@code runMillis} a run. */
  static Machine measure(Rate rate) {
    return new Machine(aes(rate), multiplyAdds(rate), copies(rate));
  }

  private static double aes(Rate rate) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES"));
      byte[] blocks = new byte[512 * 16];
      byte[] encrypted = new byte[blocks.length];
      // A batch takes less time than reading the clock.
      int batches = 256;
      return rate.perSecond(
          512L * batches,
          () -> {
            try {
              for (int i = 0; i < batches; i++) {
                cipher.update(blocks, 0, blocks.length, encrypted, 0);
              }
              return encrypted[0];
            } catch (GeneralSecurityException e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks AES", e);
    }
  }

  private static double multiplyAdds(Rate rate) {
    Dense dense = new Dense(1, 256, 128);
    Random random = new Random(1);
    long[] weights = random.longs(dense.weightCount()).toArray();
    long[] input = random.longs(dense.inputCount()).toArray();
    long[] output = new long[dense.outputCount()];
    return rate.perSecond(
        dense.multiplications(),
        () -> {
          dense.accumulate(weights, input, output);
          return output[0];
        });
  }

  private static double copies(Rate rate) {
    byte[] source = new byte[64 << 20];
    byte[] target = new byte[source.length];
    return rate.perSecond(
        source.length,
        () -> {
          System.arraycopy(source, 0, target, 0, source.length);
          return target[1];
        });
  }
}
