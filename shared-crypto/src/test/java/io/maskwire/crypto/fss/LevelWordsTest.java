package io.maskwire.crypto.fss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LevelWordsTest {
  @Test
  void get_wordsInTheMiddleOfASection_areLittleEndian() {
    byte[] section = new byte[3 + 16 + 1];
    section[3] = 1;
    section[3 + 15] = (byte) 0x80;

    LevelWords words = LevelWords.of(section, 3, 2);

    assertThat(words.toArray()).containsExactly(1, Long.MIN_VALUE);
  }

  @Test
  void of_sectionTooShort_isRefused() {
    assertThatThrownBy(() -> LevelWords.of(new byte[16], 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 words at byte 1 of 16");
  }

  @Test
  void reused_nextSliceOfTheSamePart_takesOverTheMemory() {
    LevelWords.Memory memory = LevelWords.Memory.reused();
    LevelWords first = memory.take(0, 4);
    LevelWords other = memory.take(1, 4);

    memory.take(0, 2).set(1, 7);
    memory.take(0, 8).set(1, 9); // larger: memory of its own

    assertThat(first.get(1)).isEqualTo(7);
    assertThat(other.get(1)).isZero();
  }

  @Test
  void fresh_samePart_hasMemoryOfItsOwn() {
    LevelWords.Memory memory = LevelWords.Memory.fresh();
    LevelWords first = memory.take(0, 4);

    memory.take(0, 4).set(1, 7);

    assertThat(first.get(1)).isZero();
  }
}
