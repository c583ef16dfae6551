package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Damaged copies of a good file: a decoder may read them or refuse them, nothing else. */
final class Mutations {
  private Mutations() {}

  /** Every proper prefix must be refused with {@link InputException}. */
  static void assertEveryCutIsRefused(byte[] good, Consumer<byte[]> decoder) {
    decoder.accept(good);
    for (int length = 0; length < good.length; length++) {
      try {
        decoder.accept(Arrays.copyOf(good, length));
      } catch (InputException e) {
        assertThat(e).hasMessageContaining(": ");
        continue;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("cut at " + length + " of " + good.length, e);
      }
      fail("cut at " + length + " of " + good.length + " was read");
    }
  }

  /** One to four bytes changed at places drawn from {@code seed}; returns how many were refused. */
  static int refusedAmong(int count, long seed, byte[] good, Consumer<byte[]> decoder) {
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < count; i++) {
      byte[] bad = good.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        decoder.accept(bad);
      } catch (InputException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutation " + i + " of seed " + seed, e);
      }
    }
    return refused;
  }
}
