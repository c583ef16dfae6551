package io.maskwire.crypto.fss;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The correction words of a batch of trees as they stand in a key section: level by level, tree by
 * tree, low word then high word, little endian. A view: the section's bytes are neither copied nor
 * owned, and the words are valid as long as those stay what they are.
 */
public final class LevelWords {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int offset;
  private final int count;

  private LevelWords(byte[] bytes, int offset, int count) {
    if (offset < 0 || count < 0 || (long) count * Long.BYTES > bytes.length - offset) {
      throw new IllegalArgumentException(
          "%d words at byte %d of %d".formatted(count, offset, bytes.length));
    }
    this.bytes = bytes;
    this.offset = offset;
    this.count = count;
  }

  /** The {@code count} words from byte {@code offset} of {@code bytes} on. */
  public static LevelWords of(byte[] bytes, int offset, int count) {
    return new LevelWords(bytes, offset, count);
  }

  /** Room for {@code count} words in memory of their own. */
  static LevelWords allocate(int count) {
    return new LevelWords(new byte[Math.multiplyExact(count, Long.BYTES)], 0, count);
  }

  /** Number of words. */
  public int count() {
    return count;
  }

  /** Word {@code index}. */
  public long get(int index) {
    return (long) WORDS.get(bytes, offset + index * Long.BYTES);
  }

  void set(int index, long word) {
    WORDS.set(bytes, offset + index * Long.BYTES, word);
  }

  /** Copies all words to {@code target} from byte {@code at} on. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, offset, target, at, count * Long.BYTES);
  }

  /** A copy. */
  public long[] toArray() {
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = get(i);
    }
    return words;
  }

  /** Where the words of trees that are made go. */
  @FunctionalInterface
  public interface Memory {
    /**
     * Room for the words of a gate's trees.
     *
     * @param part number of the trees in their gate
     * @param count words
     */
    LevelWords take(int part, int count);

    /** Memory of their own for all trees. */
    static Memory fresh() {
      return (_, count) -> allocate(count);
    }

    /**
     * Memory that trees number {@code part} of a slice take over from those of the slice before.
     * Not thread safe.
     */
    static Memory reused() {
      Map<Integer, byte[]> parts = new HashMap<>();
      return (part, count) -> {
        int length = Math.multiplyExact(count, Long.BYTES);
        byte[] bytes = parts.getOrDefault(part, new byte[0]);
        if (bytes.length < length) {
          bytes = new byte[length];
          parts.put(part, bytes);
        }
        return LevelWords.of(bytes, 0, count);
      };
    }
  }
}
