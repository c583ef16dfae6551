package io.maskwire.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What is used of a NIfTI-1 header (nifti1.h). The affine is checked by nobody here: voxels are
 * taken in the order of the file, as the model's training pipeline must have done.
 *
 * @param order byte order of the file
 * @param x voxels along the fastest axis
 * @param y voxels along the second axis
 * @param z voxels along the third axis
 * @param frames volumes in the file
 * @param type number format of a voxel
 * @param voxOffset bytes before the first voxel
 * @param slope factor of every voxel, 1 if the file says 0
 * @param intercept added after the factor
 */
record NiftiHeader(
    ByteOrder order,
    int x,
    int y,
    int z,
    int frames,
    SampleType type,
    int voxOffset,
    double slope,
    double intercept) {

  /** Bytes of the header and of the four that announce extensions. */
  static final int BYTES = 352;

  static final int HEADER_BYTES = 348;
  private static final int NIFTI_2_BYTES = 540;
  private static final int MAX_VOX_OFFSET = 1 << 26;

  /** Voxels of one volume. */
  int voxels() {
    return x * y * z;
  }

  /** Parses the first {@link #BYTES} bytes of the file called {@code name}. */
  static NiftiHeader parse(String name, byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes).order(byteOrder(name, ByteBuffer.wrap(bytes)));
    checkMagic(name, header);
    int rank = header.getShort(40);
    if (rank < 1 || rank > 7) {
      throw new InputException(name, "offset 40: dim[0] is " + rank + ", it must be 1 to 7");
    }
    int[] dim = new int[8];
    for (int i = 1; i < dim.length; i++) {
      dim[i] = i <= rank ? header.getShort(40 + 2 * i) : 1;
      if (dim[i] < 1) {
        throw new InputException(
            name, "offset " + (40 + 2 * i) + ": dim[" + i + "] is " + dim[i] + "; expected >= 1");
      }
      if (i > 4 && dim[i] != 1) {
        throw new InputException(
            name,
            "offset " + (40 + 2 * i) + ": dim[" + i + "] is " + dim[i] + "; split it to 4 axes");
      }
    }
    Samples.count(
        name, "a volume of " + dim[1] + "x" + dim[2] + "x" + dim[3], dim[1], dim[2], dim[3]);
    float slope = scaling(name, header, 112, "scl_slope");
    float intercept = scaling(name, header, 116, "scl_inter");
    // nifti1.h: a slope of 0 means that the file is not scaled, and the intercept is not used.
    return new NiftiHeader(
        header.order(),
        dim[1],
        dim[2],
        dim[3],
        dim[4],
        sampleType(name, header),
        voxOffset(name, header),
        slope == 0 ? 1 : slope,
        slope == 0 ? 0 : intercept);
  }

  private static ByteOrder byteOrder(String name, ByteBuffer header) {
    int little = header.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    int big = header.order(ByteOrder.BIG_ENDIAN).getInt(0);
    if (little == NIFTI_2_BYTES || big == NIFTI_2_BYTES) {
      throw new InputException(
          name,
          "offset 0: this is NIfTI-2; save it as NIfTI-1 (nibabel.Nifti1Image, or fslchfiletype)");
    }
    if (little != HEADER_BYTES && big != HEADER_BYTES) {
      throw new InputException(
          name, "offset 0: sizeof_hdr is " + little + ", not 348: this is not a NIfTI-1 file");
    }
    return little == HEADER_BYTES ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  private static void checkMagic(String name, ByteBuffer header) {
    int magic = header.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(344);
    if (magic == 0x6e693100) {
      throw new InputException(
          name, "offset 344: magic 'ni1': header and voxels are two files; save a single .nii");
    }
    if (magic != 0x6e2b3100) {
      throw new InputException(
          name,
          "offset 344: magic 'n+1' is missing (an ANALYZE file, or damaged); save it as .nii");
    }
  }

  private static SampleType sampleType(String name, ByteBuffer header) {
    int code = header.getShort(70);
    SampleType type =
        switch (code) {
          case 2 -> SampleType.UINT8;
          case 4 -> SampleType.INT16;
          case 8 -> SampleType.INT32;
          case 16 -> SampleType.FLOAT32;
          case 64 -> SampleType.FLOAT64;
          case 256 -> SampleType.INT8;
          case 512 -> SampleType.UINT16;
          case 768 -> SampleType.UINT32;
          case 1024 -> SampleType.INT64;
          case 1280 -> SampleType.UINT64;
          default ->
              throw new InputException(
                  name,
                  "offset 70: datatype "
                      + code
                      + " (complex, RGB, bits or 128-bit floats) is not read; save it as float32");
        };
    int bits = header.getShort(72);
    if (bits != 8 * type.bytes()) {
      throw new InputException(
          name, "offset 72: bitpix is " + bits + ", datatype " + code + " has " + 8 * type.bytes());
    }
    return type;
  }

  private static int voxOffset(String name, ByteBuffer header) {
    float offset = header.getFloat(108);
    // Written so that NaN is refused too.
    if (!(offset >= BYTES && offset <= MAX_VOX_OFFSET) || offset != (int) offset) {
      throw new InputException(
          name,
          "offset 108: vox_offset is " + offset + ", not a whole number from 352 to 67108864");
    }
    return (int) offset;
  }

  private static float scaling(String name, ByteBuffer header, int offset, String field) {
    float value = header.getFloat(offset);
    if (!Float.isFinite(value)) {
      throw new InputException(
          name, "offset " + offset + ": " + field + " is " + value + "; set it to a number");
    }
    return value;
  }
}
