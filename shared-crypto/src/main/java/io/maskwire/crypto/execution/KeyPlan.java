package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.protocol.KeyLayout;
import io.maskwire.crypto.wire.KeyHeader;
import io.maskwire.crypto.wire.KeySectionCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the key material of each gate stands: a function of the program alone. Gates are cut into
 * slices, so that dealer and parties hold one slice's keys at a time, however large the layer.
 */
public final class KeyPlan {
  /** Elements of a slice: a multiple of 128, so that slices start on cipher blocks. */
  public static final int SLICE = 4096;

  /**
   * A slice's place in both files.
   *
   * @param slice which elements of which step
   * @param layout what its keys consist of
   * @param common range in the common file, empty if the gate has no trees
   * @param corrections range in party 1's file, empty if the gate has no secrets
   */
  public record Section(
      KeySectionCodec.Slice slice, KeyLayout layout, ByteRange common, ByteRange corrections) {}

  /**
   * Bytes {@code offset} to {@code offset + length} of a file.
   *
   * @param offset of the first byte
   * @param length may be 0
   */
  public record ByteRange(long offset, int length) {
    long end() {
      return offset + length;
    }
  }

  private final Map<Integer, List<Section>> sections = new HashMap<>();
  private final long commonBytes;
  private final long correctionBytes;

  /** The plan of {@code program}. */
  public KeyPlan(Program program) {
    long common = KeyHeader.BYTES;
    long corrections = KeyHeader.BYTES;
    for (var group : Schedule.of(program).groups()) {
      for (Schedule.Scheduled scheduled : group) {
        List<Section> slices = slices(scheduled, common, corrections);
        sections.put(scheduled.index(), slices);
        if (!slices.isEmpty()) {
          common = slices.getLast().common().end();
          corrections = slices.getLast().corrections().end();
        }
      }
    }
    commonBytes = common;
    correctionBytes = corrections;
  }

  private static List<Section> slices(
      Schedule.Scheduled scheduled, long commonStart, long correctionStart) {
    Gate gate = scheduled.step().gate();
    KeyLayout layout = GateKeyLayouts.of(gate);
    if (layout.trees().isEmpty() && layout.secrets().isEmpty()) {
      return List.of();
    }
    int count = gate.outputs().getFirst().count();
    long common = commonStart;
    long corrections = correctionStart;
    List<Section> slices = new ArrayList<>();
    for (int from = 0; from < count; from += SLICE) {
      int size = Math.min(SLICE, count - from);
      ByteRange trees = range(common, layout.trees().isEmpty(), layout.commonBytes(size));
      ByteRange secrets =
          range(corrections, layout.secrets().isEmpty(), layout.correctionBytes(size));
      slices.add(
          new Section(
              new KeySectionCodec.Slice(scheduled.index(), from, size), layout, trees, secrets));
      common = trees.end();
      corrections = secrets.end();
    }
    return slices;
  }

  private static ByteRange range(long offset, boolean empty, long payload) {
    return new ByteRange(offset, empty ? 0 : Math.toIntExact(payload + KeySectionCodec.OVERHEAD));
  }

  /** The slices of step {@code index}; none for a gate without keys. */
  public List<Section> sections(int index) {
    return sections.getOrDefault(index, List.of());
  }

  /** Length of the common file. */
  public long commonBytes() {
    return commonBytes;
  }

  /** Length of party 1's file. */
  public long party1Bytes() {
    return correctionBytes;
  }

  /** Length of party 0's file: a header with its seed. */
  public long party0Bytes() {
    return KeyHeader.BYTES;
  }
}
