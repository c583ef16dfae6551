package io.maskwire.crypto.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.prg.PartyRandomness;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.vectors.VectorFile;
import java.util.Arrays;

/** A party's randomness as a frozen vector has it, by part number. */
record RecordedRandomness(VectorFile.Case vector, int party) implements PartyRandomness {

  @Override
  public long[] secretShare(int part, int count, BitWidth width) {
    long[] share = take("share." + part, count);
    assertThat(Arrays.stream(share).map(width::reduce).toArray())
        .as("share %d is of %s", part, width)
        .isEqualTo(share);
    return share;
  }

  @Override
  public long[] secretBits(int part, int count) {
    return take("bits" + party + "." + part, count);
  }

  @Override
  public long[] treeRoots(int part, int count) {
    return take("roots" + party + "." + part, 2 * count);
  }

  private long[] take(String key, int length) {
    long[] words = vector.words(key);
    assertThat(words).as(key).hasSize(length);
    return words;
  }
}
