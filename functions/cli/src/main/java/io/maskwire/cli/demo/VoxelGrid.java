package io.maskwire.cli.demo;

import java.util.stream.IntStream;

/**
 * A regular grid over the MNI bounding box. Voxels are numbered as NIfTI files store them: x
 * fastest, then y, then z; the same order read as a row-major tensor has the shape [z, y, x].
 *
 * @param millimetres edge length of a voxel
 */
record VoxelGrid(int x, int y, int z, double millimetres) {

  /**
   * The corner that 2 mm MNI images use, for y and z; x is chosen so that the midplane falls on
   * voxel centres.
   */
  private static final double BACK = -126;

  private static final double BOTTOM = -72;

  VoxelGrid {
    if (x < 2 || y < 2 || z < 2 || !(millimetres > 0)) {
      throw new IllegalArgumentException(
          "no grid: " + x + " x " + y + " x " + z + " of " + millimetres + " mm");
    }
  }

  int size() {
    return x * y * z;
  }

  int index(int i, int j, int k) {
    return (k * y + j) * x + i;
  }

  double left() {
    return -millimetres * (x - 1) / 2;
  }

  double back() {
    return BACK;
  }

  double bottom() {
    return BOTTOM;
  }

  double xOf(int i) {
    return left() + millimetres * i;
  }

  double yOf(int j) {
    return BACK + millimetres * j;
  }

  double zOf(int k) {
    return BOTTOM + millimetres * k;
  }

  /**
   * The voxels whose centres lie in the brain, ascending: an ellipsoid for the cerebrum, a second
   * for the cerebellum.
   */
  int[] brain() {
    return IntStream.range(0, size())
        .filter(voxel -> isBrain(xOf(voxel % x), yOf(voxel / x % y), zOf(voxel / (x * y))))
        .toArray();
  }

  static boolean isBrain(double x, double y, double z) {
    return inEllipsoid(x / 70, (y + 17) / 88, (z - 14) / 64)
        || inEllipsoid(x / 52, (y + 62) / 36, (z + 32) / 26);
  }

  private static boolean inEllipsoid(double x, double y, double z) {
    return x * x + y * y + z * z <= 1;
  }
}
