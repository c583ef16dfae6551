package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * NIfTI-1 single files (.nii, .nii.gz), read as a stream: only one volume is ever in memory, but
 * the rest of the file is passed over to see that it is all there and, if compressed, that its
 * checksum holds.
 */
final class NiftiDecoder {
  private NiftiDecoder() {}

  /**
   * The volume number {@code frame} of {@code stream}, as [z, y, x].
   *
   * @param frame counted from 0; empty is only right for files of one volume
   */
  static Samples decode(String name, InputStream stream, OptionalInt frame) {
    try {
      InputStream plain = decompress(stream);
      NiftiHeader header = NiftiHeader.parse(name, readExactly(name, plain, NiftiHeader.BYTES, 0));
      int index = Frames.choose(name, header.frames(), frame);
      int frameBytes = header.voxels() * header.type().bytes();
      long before = header.voxOffset() - NiftiHeader.BYTES + (long) index * frameBytes;
      long after = (long) (header.frames() - 1 - index) * frameBytes;
      pass(name, plain, before, NiftiHeader.BYTES);
      long start = NiftiHeader.BYTES + before;
      byte[] bytes = readExactly(name, plain, frameBytes, start);
      pass(name, plain, after, start + frameBytes);
      if (plain.read() >= 0) {
        throw new InputException(
            name,
            "offset "
                + (start + frameBytes + after)
                + ": the file goes on after the last voxel; its dim, datatype or vox_offset is"
                + " wrong, save it again");
      }
      return new Samples(
          InputKind.VOLUME, Shape.of(header.z(), header.y(), header.x()), scale(header, bytes));
    } catch (EOFException | ZipException e) {
      throw new InputException(
          name,
          "the gzip stream is damaged or truncated: " + e.getMessage() + "; fetch it again",
          e);
    } catch (IOException e) {
      throw new InputException(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Goes by the first bytes, not the name: both .nii and .nii.gz are found compressed or not. */
  private static InputStream decompress(InputStream stream) throws IOException {
    byte[] first = stream.readNBytes(2);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), stream);
    boolean gzip = first.length == 2 && first[0] == 0x1f && (first[1] & 0xff) == 0x8b;
    return gzip ? new GZIPInputStream(whole, 1 << 16) : whole;
  }

  private static double[] scale(NiftiHeader header, byte[] bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes).order(header.order());
    double[] values = header.type().decode(source, header.voxels());
    if (header.slope() != 1 || header.intercept() != 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] * header.slope() + header.intercept();
      }
    }
    return values;
  }

  /** Allocates as the bytes arrive, so a header that promises too much costs nothing. */
  private static byte[] readExactly(String name, InputStream stream, int count, long offset)
      throws IOException {
    byte[] bytes = stream.readNBytes(count);
    if (bytes.length < count) {
      throw truncated(name, offset + bytes.length, count - bytes.length);
    }
    return bytes;
  }

  private static void pass(String name, InputStream stream, long count, long offset)
      throws IOException {
    byte[] scratch = new byte[1 << 16];
    long left = count;
    while (left > 0) {
      int read = stream.readNBytes(scratch, 0, (int) Math.min(left, scratch.length));
      if (read == 0) {
        throw truncated(name, offset + count - left, left);
      }
      left -= read;
    }
  }

  private static InputException truncated(String name, long end, long missing) {
    return new InputException(
        name,
        "offset " + end + ": the file ends here, " + missing + " bytes too early; fetch it again");
  }
}
