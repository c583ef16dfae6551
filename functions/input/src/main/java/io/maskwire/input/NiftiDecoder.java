package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * NIfTI-1 and NIfTI-2 files, single (.nii, .nii.gz) or a pair (.hdr and .img), read as a stream:
 * only one volume is ever in memory, but the rest of the file is passed over to see that it is all
 * there and, if compressed, that its checksum holds.
 */
final class NiftiDecoder {
  private NiftiDecoder() {}

  /** A volume of a single file: {@link #decode(String, InputStream, OptionalInt, Optional)}. */
  static Samples decode(String name, InputStream stream, OptionalInt frame) {
    return decode(name, stream, frame, Optional.empty());
  }

  /**
   * The volume number {@code frame} of {@code stream}, as [z, y, x].
   *
   * @param frame counted from 0; empty is only right for files of one volume
   * @param voxels the file that has the voxels if {@code stream} is the header of a pair
   */
  static Samples decode(String name, InputStream stream, OptionalInt frame, Optional<Path> voxels) {
    try {
      InputStream plain = decompress(stream);
      NiftiHeader header = NiftiHeader.of(NiftiFields.read(name, plain));
      int index = Frames.choose(name, header.frames(), frame);
      byte[] bytes;
      if (header.detached()) {
        Path file = voxels.orElseThrow(() -> withoutVoxels(name));
        try (InputStream own = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
          bytes = voxels(file.toString(), decompress(own), 0, header, index);
        }
      } else {
        bytes = voxels(name, plain, header.headerBytes(), header, index);
      }
      return new Samples(
          InputKind.VOLUME,
          Shape.of(header.z(), header.y(), header.x()),
          scale(header, bytes),
          Optional.of(header.directions()),
          header.doubts());
    } catch (EOFException | ZipException e) {
      throw new InputException(
          name,
          "the gzip stream %s; fetch it again"
              .formatted(
                  e instanceof EOFException ? "ends too early" : "is damaged: " + e.getMessage()),
          e);
    } catch (IOException e) {
      throw new InputException(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputException withoutVoxels(String name) {
    return new InputException(
        name,
        "is the header of a pair, and the .img with its voxels is not beside it; put both files"
            + " into one folder, or save them as one .nii");
  }

  /** The bytes of one frame from {@code stream}, {@code passed} bytes of which are read already. */
  private static byte[] voxels(
      String name, InputStream stream, int passed, NiftiHeader header, int index)
      throws IOException {
    int frameBytes = header.voxels() * header.type().bytes();
    long before = header.voxOffset() - passed + (long) index * frameBytes;
    long after = (long) (header.frames() - 1 - index) * frameBytes;
    pass(name, stream, before, passed);
    long start = passed + before;
    byte[] bytes = stream.readNBytes(frameBytes);
    // Allocated as the bytes arrive, so a header that promises too much costs nothing.
    if (bytes.length < frameBytes) {
      throw truncated(name, start + bytes.length, frameBytes - bytes.length);
    }
    pass(name, stream, after, start + frameBytes);
    if (stream.read() >= 0) {
      throw new InputException(
          name,
          "offset "
              + (start + frameBytes + after)
              + ": the file goes on after the last voxel; its dim, datatype or vox_offset is"
              + " wrong, save it again");
    }
    return bytes;
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
    NiftiHeader.Scaling scaling = header.scaling();
    if (!scaling.equals(NiftiHeader.Scaling.NONE)) {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] * scaling.slope() + scaling.intercept();
      }
    }
    return values;
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

  static InputException truncated(String name, long end, long missing) {
    return new InputException(
        name,
        "offset " + end + ": the file ends here, " + missing + " bytes too early; fetch it again");
  }
}
