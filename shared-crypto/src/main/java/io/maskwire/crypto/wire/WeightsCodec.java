package io.maskwire.crypto.wire;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ring.RingTensor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Fixed-point weights, each tensor packed to its product width: the owner's own ({@link
 * Kind#CLEAR}, never published) or under the mask of a model version ({@link Kind#MASKED},
 * published to both parties). Ends with the CRC-32C of all before.
 */
public final class WeightsCodec {
  private static final int MAGIC = 0x4d575754; // MWWT
  private static final int VERSION = 1;

  private static final int HEADER_BYTES = 4 + 2 + 1 + ProgramId.BYTES;

  private static final int CHECKSUM_BYTES = 4;

  /** Elements packed at a time: a multiple of 8, so that chunks end on bytes. */
  private static final int CHUNK = 1 << 16;

  /** Elements that are allocated before any is read: a multiple of {@link #CHUNK}. */
  private static final int FIRST_ALLOCATION = 1 << 22;

  /** What the elements are. */
  public enum Kind {
    CLEAR(1),
    MASKED(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  private WeightsCodec() {}

  /** Bytes that {@link #write} writes for {@code program}. */
  public static long encodedBytes(Program program) {
    long packed =
        program.weights().stream()
            .mapToLong(tensor -> tensor.width().packedBytes(tensor.count()))
            .sum();
    return HEADER_BYTES + packed + CHECKSUM_BYTES;
  }

  /** Writes all tensors of {@code program}, in its order. */
  public static void write(
      OutputStream to, Kind kind, Program program, ProgramId id, List<RingTensor> weights)
      throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeInt(MAGIC);
    out.writeShort(VERSION);
    out.writeByte(kind.code);
    out.write(id.toBytes());
    for (int i = 0; i < program.weights().size(); i++) {
      WeightTensor tensor = program.weights().get(i);
      long[] values = weights.get(i).values();
      if (values.length != tensor.count()) {
        throw new IllegalArgumentException(
            "weight '%s' has %d elements, the program says %d"
                .formatted(tensor.name(), values.length, tensor.count()));
      }
      for (int from = 0; from < values.length; from += CHUNK) {
        int until = Math.min(values.length, from + CHUNK);
        out.write(
            new ByteWriter(1 << 19)
                .putPacked(Arrays.copyOfRange(values, from, until), tensor.width())
                .toBytes());
      }
    }
    out.flush();
    new DataOutputStream(to).writeInt((int) checked.getChecksum().getValue());
  }

  /**
   * Reads all tensors of {@code program}.
   *
   * @throws ProtocolException if the bytes are of another kind or program, cut short, or damaged
   */
  public static List<RingTensor> read(InputStream from, Kind kind, Program program, ProgramId id)
      throws IOException {
    CheckedInputStream checked = new CheckedInputStream(from, new CRC32C());
    DataInputStream in = new DataInputStream(checked);
    try {
      ByteReader header = new ByteReader(in.readNBytes(HEADER_BYTES), "weights file");
      header.expectHeader(MAGIC, VERSION);
      if (header.getByte() != kind.code) {
        throw new ProtocolException(
            ErrorCode.WRONG_ROLE,
            "weights file does not hold "
                + kind.name().toLowerCase(java.util.Locale.ROOT)
                + " weights: the owner's own file stays with the owner");
      }
      if (!new ProgramId(header.getBytes(ProgramId.BYTES)).equals(id)) {
        throw new ProtocolException(
            ErrorCode.WRONG_PROGRAM, "weights file belongs to another program than " + id);
      }
      List<RingTensor> weights = new ArrayList<>();
      for (WeightTensor tensor : program.weights()) {
        weights.add(readTensor(in, tensor));
      }
      int expected = (int) checked.getChecksum().getValue();
      if (new DataInputStream(from).readInt() != expected) {
        throw new ProtocolException(
            ErrorCode.MALFORMED, "weights file is damaged: its checksum does not match");
      }
      return weights;
    } catch (EOFException e) {
      throw new ProtocolException(ErrorCode.MALFORMED, "weights file is cut short", e);
    }
  }

  private static RingTensor readTensor(DataInputStream in, WeightTensor tensor) throws IOException {
    // Grows with what is there: a short file costs little memory, whatever the program claims.
    long[] values = new long[Math.min(tensor.count(), FIRST_ALLOCATION)];
    for (int from = 0; from < tensor.count(); from += CHUNK) {
      int count = Math.min(CHUNK, tensor.count() - from);
      int bytes = Math.toIntExact(tensor.width().packedBytes(count));
      byte[] packed = in.readNBytes(bytes);
      if (packed.length < bytes) {
        throw new EOFException();
      }
      long[] chunk = new ByteReader(packed, "weights file").getPacked(count, tensor.width());
      if (from + count > values.length) {
        int grown = (int) Math.min(tensor.count(), 2L * values.length);
        values = Arrays.copyOf(values, grown);
      }
      System.arraycopy(chunk, 0, values, from, count);
    }
    return RingTensor.takeOwnershipOf(values);
  }
}
