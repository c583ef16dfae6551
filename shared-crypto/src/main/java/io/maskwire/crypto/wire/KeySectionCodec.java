package io.maskwire.crypto.wire;

import io.maskwire.crypto.fss.LevelWords;
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
    long payload = trees.stream().mapToLong(tree -> tree.shape().keyBytes(slice.count())).sum();
    return encodeTrees(slice, trees, room(payload)).toBytes();
  }

  /** Writes the common section of {@code trees} over what {@code writer} holds. */
  public static ByteWriter encodeTrees(Slice slice, List<TreeKeys> trees, ByteWriter writer) {
    begin(slice, writer);
    for (TreeKeys tree : trees) {
      writer.putLevels(tree.levels());
      writer.putPacked(tree.leaves(), tree.shape().leafWidth());
    }
    return end(writer);
  }

  /** Party 1's section of {@code corrections}. */
  public static byte[] encodeCorrections(Slice slice, KeyLayout layout, List<long[]> corrections) {
    ByteWriter writer = room(layout.correctionBytes(slice.count()));
    return encodeCorrections(slice, layout, corrections, writer).toBytes();
  }

  /** Writes party 1's section of {@code corrections} over what {@code writer} holds. */
  public static ByteWriter encodeCorrections(
      Slice slice, KeyLayout layout, List<long[]> corrections, ByteWriter writer) {
    begin(slice, writer);
    for (int i = 0; i < corrections.size(); i++) {
      writer.putPacked(corrections.get(i), layout.secrets().get(i));
    }
    return end(writer);
  }

  private static ByteWriter room(long payloadBytes) {
    return new ByteWriter(Math.toIntExact(payloadBytes + OVERHEAD));
  }

  private static void begin(Slice slice, ByteWriter writer) {
    writer.clear().putInt(slice.step()).putInt(slice.from()).putInt(slice.count());
  }

  private static ByteWriter end(ByteWriter writer) {
    return writer.putInt(KeyHeader.checksum(writer.buffer(), 0, writer.size()));
  }

  /** The trees of a common section; their level words are a view of {@code bytes}. */
  public static List<TreeKeys> decodeTrees(byte[] bytes, Slice slice, KeyLayout layout) {
    return decodeTrees(bytes, bytes.length, slice, layout);
  }

  /** The trees of the common section that the first {@code length} of {@code bytes} are. */
  public static List<TreeKeys> decodeTrees(
      byte[] bytes, int length, Slice slice, KeyLayout layout) {
    ByteReader reader = open(bytes, length, slice);
    List<TreeKeys> trees = new ArrayList<>();
    for (TreeShape shape : layout.trees()) {
      LevelWords levels = reader.getLevels(shape.levelWords(slice.count()));
      long[] leaves = reader.getPacked(shape.leafWords() * slice.count(), shape.leafWidth());
      trees.add(new TreeKeys(shape, slice.count(), levels, leaves));
    }
    return trees;
  }

  /** The corrections of a section for party 1: its shares of the gate's secrets. */
  public static List<long[]> decodeCorrections(byte[] bytes, Slice slice, KeyLayout layout) {
    return decodeCorrections(bytes, bytes.length, slice, layout);
  }

  /** The corrections of the section that the first {@code length} of {@code bytes} are. */
  public static List<long[]> decodeCorrections(
      byte[] bytes, int length, Slice slice, KeyLayout layout) {
    ByteReader reader = open(bytes, length, slice);
    List<long[]> corrections = new ArrayList<>();
    for (BitWidth width : layout.secrets()) {
      corrections.add(reader.getPacked(slice.count(), width));
    }
    return corrections;
  }

  private static ByteReader open(byte[] bytes, int length, Slice slice) {
    ByteReader reader = new ByteReader(bytes, length, "key section of step " + slice.step());
    int payload = length - 4;
    if (payload < 0) {
      throw reader.malformed("it is cut short");
    }
    int expected = new ByteReader(bytes, length, "key section").skipTo(payload).getInt();
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
