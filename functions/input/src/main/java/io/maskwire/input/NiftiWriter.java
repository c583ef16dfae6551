package io.maskwire.input;

import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes float32 NIfTI-1 files, the same bytes for the same volume: the gzip header has no time and
 * no name. A volume read back with the default axes is the tensor that was written.
 */
public final class NiftiWriter {
  private static final int FLOAT32 = 16;
  private static final int MILLIMETRES = 2;
  private static final int ALIGNED_ANATOMY = 2;

  private NiftiWriter() {}

  /**
   * Where the voxels are: world = diag(spacing) * voxel + origin, without rotation.
   *
   * @param spacingX millimetres from voxel to voxel along x, negative if x runs to the left
   * @param spacingY along y
   * @param spacingZ along z
   * @param origin world coordinates of voxel (0, 0, 0) in millimetres
   */
  public record Grid(double spacingX, double spacingY, double spacingZ, Origin origin) {
    /** Refuses spacings of 0 and values that are not finite. */
    public Grid {
      double product = spacingX * spacingY * spacingZ;
      if (product == 0 || !Double.isFinite(product)) {
        throw new IllegalArgumentException(
            "spacing (" + spacingX + ", " + spacingY + ", " + spacingZ + ") must not be 0");
      }
    }
  }

  /** A point in millimetres. */
  public record Origin(double x, double y, double z) {}

  /**
   * Writes {@code volume} of shape [x, y, z]; gzip if {@code file} ends in .gz.
   *
   * @throws IllegalArgumentException if the tensor has not three axes of 1 to 32767
   */
  public static void write(Path file, FloatTensor volume, Grid grid) throws IOException {
    byte[] bytes = encode(volume, grid);
    try (OutputStream out = Files.newOutputStream(file)) {
      if (!file.toString().endsWith(".gz")) {
        out.write(bytes);
        return;
      }
      try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
        gzip.write(bytes);
      }
    }
  }

  private static byte[] encode(FloatTensor volume, Grid grid) {
    int[] sides = volume.shape().toArray();
    if (sides.length != 3) {
      throw new IllegalArgumentException("a volume has shape [x, y, z], not " + volume.shape());
    }
    for (int side : sides) {
      if (side < 1 || side > Short.MAX_VALUE) {
        throw new IllegalArgumentException("NIfTI-1 has sides of 1 to 32767: " + volume.shape());
      }
    }
    int bytes = NiftiHeader.BYTES + 4 * volume.shape().elements();
    ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    writeHeader(out, sides, grid);
    out.position(NiftiHeader.BYTES);
    for (int z = 0; z < sides[2]; z++) {
      for (int y = 0; y < sides[1]; y++) {
        for (int x = 0; x < sides[0]; x++) {
          out.putFloat(volume.get((x * sides[1] + y) * sides[2] + z));
        }
      }
    }
    return out.array();
  }

  private static void writeHeader(ByteBuffer out, int[] sides, Grid grid) {
    out.putInt(0, NiftiHeader.HEADER_BYTES);
    short[] dim = {3, (short) sides[0], (short) sides[1], (short) sides[2], 1, 1, 1, 1};
    for (int i = 0; i < dim.length; i++) {
      out.putShort(40 + 2 * i, dim[i]);
    }
    out.putShort(70, (short) FLOAT32);
    out.putShort(72, (short) Float.SIZE);
    double[] spacing = {grid.spacingX(), grid.spacingY(), grid.spacingZ()};
    double[] origin = {grid.origin().x(), grid.origin().y(), grid.origin().z()};
    out.putFloat(76, 1);
    for (int axis = 0; axis < 3; axis++) {
      out.putFloat(80 + 4 * axis, (float) Math.abs(spacing[axis]));
      out.putFloat(280 + 16 * axis + 4 * axis, (float) spacing[axis]);
      out.putFloat(280 + 16 * axis + 12, (float) origin[axis]);
    }
    out.putFloat(108, NiftiHeader.BYTES);
    out.putFloat(112, 1);
    out.put(123, (byte) MILLIMETRES);
    out.putShort(254, (short) ALIGNED_ANATOMY);
    out.put(344, "n+1\0".getBytes(StandardCharsets.US_ASCII));
  }
}
