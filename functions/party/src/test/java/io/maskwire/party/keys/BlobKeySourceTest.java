package io.maskwire.party.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.exchange.store.FileContainer;
import io.maskwire.party.blob.MissingBlobException;
import io.maskwire.party.fixture.Faults;
import io.maskwire.party.fixture.FaultyContainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobKeySourceTest {
  private static final int WINDOW = 1000;

  @TempDir private Path folder;

  private FaultyContainer container(byte[] blob) {
    FileContainer container = new FileContainer(folder);
    container.put("keys", blob);
    return new FaultyContainer(container, new Faults());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(3).nextBytes(bytes);
    return bytes;
  }

  @Test
  void read_frontToBackInAnyPieces_isTheBlobWithinTwoWindows() {
    byte[] blob = random(25_300);
    FaultyContainer container = container(blob);
    for (long budget : new long[] {0, WINDOW, 2 * WINDOW, 1 << 20}) {
      for (int seed = 0; seed < 20; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        ReadAhead readAhead = new ReadAhead(WINDOW, budget);
        try (BlobKeySource source = new BlobKeySource(container, "keys", blob.length, readAhead)) {
          for (int at = 0; at < blob.length; ) {
            int count = Math.min(random.nextInt(1, 900), blob.length - at);
            assertThat(source.read(at, count))
                .as("seed %d, %d at %d", seed, count, at)
                .isEqualTo(Arrays.copyOfRange(blob, at, at + count));
            at += count + random.nextInt(50);
            assertThat(budget - readAhead.left()).isLessThanOrEqualTo(2 * WINDOW);
          }
        }
      }
    }
  }

  @Test
  void read_rangeLargerThanManyWindows_isWhole() {
    byte[] blob = random(10 * WINDOW);
    try (BlobKeySource source =
        new BlobKeySource(
            container(blob), "keys", blob.length, new ReadAhead(WINDOW, 100 * WINDOW))) {
      assertThat(source.read(1, 7 * WINDOW)).isEqualTo(Arrays.copyOfRange(blob, 1, 7001));
    }
  }

  @Test
  void read_wholeBlobInSmallPieces_takesOneRequestAWindow() {
    byte[] blob = random(10 * WINDOW);
    FaultyContainer container = container(blob);
    ReadAhead readAhead = new ReadAhead(WINDOW, 100 * WINDOW);
    try (BlobKeySource source = new BlobKeySource(container, "keys", blob.length, readAhead)) {
      for (int at = 0; at < blob.length; at += 50) {
        source.read(at, 50);
      }
      assertThat(container.reads()).isEqualTo(10);
    }
  }

  @Test
  void rewind_afterAPass_readsTheStartAhead() {
    byte[] blob = random(2 * WINDOW);
    FaultyContainer container = container(blob);
    ReadAhead readAhead = new ReadAhead(WINDOW, 100 * WINDOW);
    try (BlobKeySource source = new BlobKeySource(container, "keys", blob.length, readAhead)) {
      source.read(WINDOW + 1, 100);
      source.rewind();
      source.read(0, WINDOW);
      assertThat(source.read(WINDOW, WINDOW)).isEqualTo(Arrays.copyOfRange(blob, WINDOW, 2000));
      assertThat(container.reads()).isEqualTo(2);
    }
  }

  @Test
  void read_blobMissingOrShorterThanPromised_isRefused() {
    ReadAhead readAhead = new ReadAhead(WINDOW, 100 * WINDOW);
    BlobKeySource absent = new BlobKeySource(container(random(10)), "other", 500, readAhead);
    assertThatThrownBy(() -> absent.read(0, 100)).isInstanceOf(MissingBlobException.class);
    BlobKeySource cut = new BlobKeySource(container(random(10)), "keys", 500, readAhead);
    assertThatThrownBy(() -> cut.read(0, 100)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> cut.read(499, 1)).isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> cut.read(450, 51)).isInstanceOf(ProtocolException.class);
    absent.close();
    cut.close();
    assertThat(readAhead.left()).isEqualTo(100L * WINDOW);
  }
}
