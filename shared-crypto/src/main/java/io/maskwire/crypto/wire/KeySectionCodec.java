package io.maskwire.crypto.wire;

import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.TreeShape;
import io.maskwire.crypto.protocol.KeyLayout;
import io.maskwire.crypto.ring.BitWidth;
import java.util.ArrayList;
import java.util.List;

/**
 * One slice of one gate's key material: step, first element, count, payload, CRC-32C. Trees go to
 * the common file (level words, then packed leaf words), corrections to party 1's (packed to their
 * widths, one after the other).
 */
public final class KeySectionCodec {
  /** Bytes of a section beside its payload. */
  public static final int OVERHEAD = 4 + 4 + 4 + 4;

  private KeySectionCodec() {}

  /**
   * Which slice a section is of.
   *
   * @param step index of the gate in the program
   * @param from first element
   * @param count elements
   */
  public record Slice(int step, int from, int count) {}

  /** The common section of {@code trees}. */
  public static byte[] encodeTrees(Slice slice, List<TreeKeys> trees) {
    ByteWriter writer =
        begin(slice, trees.stream().mapToLong(tree -> tree.shape().keyBytes(slice.count())).sum());
    for (TreeKeys tree : trees) {
      writer.putPacked(tree.levels(), BitWidth.MAXIMUM);
      writer.putPacked(tree.leaves(), tree.shape().leafWidth());
    }
    return end(writer);
  }

  /** Party 1's section of {@code corrections}. */
  public static byte[] encodeCorrections(Slice slice, KeyLayout layout, List<long[]> corrections) {
    ByteWriter writer = begin(slice, layout.correctionBytes(slice.count()));
    for (int i = 0; i < corrections.size(); i++) {
      writer.putPacked(corrections.get(i), layout.secrets().get(i));
    }
    return end(writer);
  }

  private static ByteWriter begin(Slice slice, long payloadBytes) {
    return new ByteWriter(Math.toIntExact(payloadBytes + OVERHEAD))
        .putInt(slice.step())
        .putInt(slice.from())
        .putInt(slice.count());
  }

  private static byte[] end(ByteWriter writer) {
    return writer.putInt(KeyHeader.checksum(writer.buffer(), 0, writer.size())).toBytes();
  }

  /** The trees of a common section. */
  public static List<TreeKeys> decodeTrees(byte[] bytes, Slice slice, KeyLayout layout) {
    ByteReader reader = open(bytes, slice);
    List<TreeKeys> trees = new ArrayList<>();
    for (TreeShape shape : layout.trees()) {
      long[] levels = reader.getPacked(2 * shape.levels() * slice.count(), BitWidth.MAXIMUM);
      long[] leaves = reader.getPacked(shape.leafWords() * slice.count(), shape.leafWidth());
      trees.add(new TreeKeys(shape, slice.count(), levels, leaves));
    }
    return trees;
  }

  /** The corrections of a section for party 1: its shares of the gate's secrets. */
  public static List<long[]> decodeCorrections(byte[] bytes, Slice slice, KeyLayout layout) {
    ByteReader reader = open(bytes, slice);
    List<long[]> corrections = new ArrayList<>();
    for (BitWidth width : layout.secrets()) {
      corrections.add(reader.getPacked(slice.count(), width));
    }
    return corrections;
  }

  private static ByteReader open(byte[] bytes, Slice slice) {
    ByteReader reader = new ByteReader(bytes, "key section of step " + slice.step());
    int payload = bytes.length - 4;
    if (payload < 0) {
      throw reader.malformed("it is cut short");
    }
    int expected = new ByteReader(bytes, "key section").skipTo(payload).getInt();
    if (expected != KeyHeader.checksum(bytes, 0, payload)) {
      throw reader.malformed("its checksum does not match: deal again");
    }
    Slice found = new Slice(reader.getInt(), reader.getInt(), reader.getInt());
    if (!found.equals(slice)) {
      throw reader.malformed("it is of " + found + ", not of " + slice);
    }
    return reader;
  }
}
