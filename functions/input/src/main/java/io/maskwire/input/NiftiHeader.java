package io.maskwire.input;

import java.nio.ByteOrder;
import java.util.List;

/**
 * What is used of a NIfTI header (nifti1.h, nifti2.h).
 *
 * @param order byte order of the file
 * @param x voxels along the fastest axis
 * @param y voxels along the second axis
 * @param z voxels along the third axis
 * @param frames volumes in the file
 * @param type number format of a voxel
 * @param headerBytes bytes of the header, without extensions
 * @param detached whether voxels are in a file of their own
 * @param voxOffset bytes before the first voxel, in the file that has the voxels
 * @param scaling of every voxel
 * @param directions of the axes
 * @param doubts what the user should hear of it, see {@link Samples#doubts}
 */
record NiftiHeader(
    ByteOrder order,
    int x,
    int y,
    int z,
    int frames,
    SampleType type,
    int headerBytes,
    boolean detached,
    int voxOffset,
    Scaling scaling,
    Directions directions,
    List<String> doubts) {

  /** Bytes of a version 1 header and of the four that announce extensions. */
  static final int BYTES = NiftiFields.FIRST_BYTES + NiftiHeader.EXTENSION_BYTES;

  static final int HEADER_BYTES = NiftiFields.FIRST_BYTES;
  private static final int EXTENSION_BYTES = 4;
  private static final int MAX_VOX_OFFSET = 1 << 26;

  /**
   * A value is {@code v * slope + intercept}.
   *
   * @param slope factor of every voxel
   * @param intercept added after the factor
   */
  record Scaling(double slope, double intercept) {
    static final Scaling NONE = new Scaling(1, 0);
  }

  /** Voxels of one volume. */
  int voxels() {
    return x * y * z;
  }

  /** What {@code fields} say, checked. */
  static NiftiHeader of(NiftiFields fields) {
    boolean detached = isDetached(fields);
    int[] dim = dimensions(fields);
    Samples.count(
        fields.name(),
        "a volume of " + dim[1] + "x" + dim[2] + "x" + dim[3],
        dim[1],
        dim[2],
        dim[3]);
    return new NiftiHeader(
        fields.order(),
        dim[1],
        dim[2],
        dim[3],
        dim[4],
        sampleType(fields),
        fields.bytes(),
        detached,
        voxOffset(fields, detached ? 0 : fields.bytes() + EXTENSION_BYTES),
        scaling(fields),
        NiftiSpace.of(fields),
        doubts(fields));
  }

  private static boolean isDetached(NiftiFields fields) {
    return switch (fields.magic()) {
      case "n+" -> false;
      case "ni" -> true;
      default ->
          throw fields.error(
              344,
              4,
              "the magic of NIfTI is missing: an ANALYZE 7.5 file, which does not say which side is"
                  + " left, or damaged; convert it to NIfTI with the tools that wrote it");
    };
  }

  private static int[] dimensions(NiftiFields fields) {
    long rank = fields.dim(0);
    if (rank < 1 || rank > 7) {
      throw fields.error(40, 16, "dim[0] is " + rank + ", it must be 1 to 7");
    }
    int[] dim = new int[8];
    for (int i = 1; i < dim.length; i++) {
      long side = i <= rank ? fields.dim(i) : 1;
      int offset = 40 + 2 * i;
      int secondOffset = 16 + 8 * i;
      if (side < 1 || side > Integer.MAX_VALUE) {
        throw fields.error(
            offset, secondOffset, "dim[" + i + "] is " + side + "; expected >= 1 and < 2^31");
      }
      if (i > 4 && side != 1) {
        throw fields.error(
            offset, secondOffset, "dim[" + i + "] is " + side + "; split it to 4 axes");
      }
      dim[i] = (int) side;
    }
    return dim;
  }

  private static SampleType sampleType(NiftiFields fields) {
    int code = fields.datatype();
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
              throw fields.error(
                  70,
                  12,
                  "datatype "
                      + code
                      + " (complex, RGB, bits or 128-bit floats) is not read; save it as float32");
        };
    if (fields.bits() != 8 * type.bytes()) {
      throw fields.error(
          72, 14, "bitpix is " + fields.bits() + ", datatype " + code + " has " + 8 * type.bytes());
    }
    return type;
  }

  private static int voxOffset(NiftiFields fields, int least) {
    double offset = fields.voxOffset();
    // Written so that NaN is refused too.
    if (!(offset >= least && offset <= MAX_VOX_OFFSET) || offset != (int) offset) {
      throw fields.error(
          108,
          168,
          "vox_offset is " + offset + ", not a whole number from " + least + " to 67108864");
    }
    return (int) offset;
  }

  /**
   * nifti1.h: a slope of 0 means that the file is not scaled, and the intercept is not used. Values
   * that are not finite mean the same; nibabel writes NaN for it.
   */
  private static Scaling scaling(NiftiFields fields) {
    double slope = fields.slope();
    double intercept = fields.intercept();
    boolean scaled = slope != 0 && Double.isFinite(slope) && Double.isFinite(intercept);
    return scaled ? new Scaling(slope, intercept) : Scaling.NONE;
  }

  /** A usable slope beside an intercept that is none: what was meant cannot be known. */
  private static List<String> doubts(NiftiFields fields) {
    double slope = fields.slope();
    boolean meant = slope != 0 && slope != 1 && Double.isFinite(slope);
    return meant && !Double.isFinite(fields.intercept())
        ? List.of(
            "has scl_slope "
                + slope
                + " but scl_inter "
                + fields.intercept()
                + "; its values are taken as stored, without a scaling")
        : List.of();
  }
}
