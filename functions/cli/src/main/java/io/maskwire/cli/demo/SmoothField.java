package io.maskwire.cli.demo;

import java.util.SplittableRandom;

/**
 * Random fields on a grid: white, or white smoothed by a Gaussian and scaled back to unit variance.
 */
final class SmoothField {

  /** Standard deviation of the sum of four 16-bit uniforms: 65536 * sqrt(4 / 12). */
  private static final float FOUR_UNIFORMS = 37837.227f;

  private final VoxelGrid grid;
  private final float[] kernel;

  SmoothField(VoxelGrid grid, double sigmaMillimetres) {
    this.grid = grid;
    double sigma = sigmaMillimetres / grid.millimetres();
    int reach = (int) StrictMath.ceil(2.5 * sigma);
    double[] exact = new double[2 * reach + 1];
    double energy = 0;
    for (int t = -reach; t <= reach; t++) {
      exact[t + reach] = StrictMath.exp(-t * t / (2 * sigma * sigma));
      energy += exact[t + reach] * exact[t + reach];
    }
    kernel = new float[exact.length];
    for (int t = 0; t < exact.length; t++) {
      // The squares sum to one per axis, so unit variance stays unit variance away from the border.
      kernel[t] = (float) (exact[t] / Math.sqrt(energy));
    }
  }

  /**
   * A number of mean 0 and variance 1: four uniforms of 16 bits added. Near enough to a Gaussian
   * for noise, never beyond 3.5, and the same on every machine, which {@code nextGaussian} does not
   * promise.
   */
  static float bell(SplittableRandom random) {
    long bits = random.nextLong();
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum - 131070) / FOUR_UNIFORMS;
  }

  static float[] white(VoxelGrid grid, SplittableRandom random) {
    float[] field = new float[grid.size()];
    for (int voxel = 0; voxel < field.length; voxel++) {
      field[voxel] = bell(random);
    }
    return field;
  }

  float[] draw(SplittableRandom random) {
    return smooth(white(grid, random));
  }

  /**
   * A linear and symmetric operation: the inner product of smoothed a and b is that of a and
   * smoothed b.
   */
  float[] smooth(float[] field) {
    float[] alongX = convolve(field, 1, grid.x());
    float[] alongY = convolve(alongX, grid.x(), grid.y());
    return convolve(alongY, grid.x() * grid.y(), grid.z());
  }

  /**
   * Convolves along the axis whose neighbours are {@code stride} apart and that has {@code length}
   * voxels; zero outside.
   */
  private float[] convolve(float[] field, int stride, int length) {
    float[] result = new float[field.length];
    int reach = kernel.length / 2;
    int slab = stride * length;
    for (int start = 0; start < field.length; start += slab) {
      for (int t = -reach; t <= reach; t++) {
        float factor = kernel[t + reach];
        int from = start + Math.max(0, -t) * stride;
        int to = start + (length - Math.max(0, t)) * stride;
        int shift = t * stride;
        for (int voxel = from; voxel < to; voxel++) {
          result[voxel] += factor * field[voxel + shift];
        }
      }
    }
    return result;
  }
}
