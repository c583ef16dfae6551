package io.maskwire.cli.demo;

/**
 * Smooths the voxels of the brain, as every fMRI analysis does before it looks for patterns: noise
 * of single voxels goes, networks stay. Linear and symmetric, so a first layer that was trained on
 * smoothed volumes becomes one for raw volumes by smoothing its weights: the model itself has no
 * smoothing step.
 */
final class BrainSmoothing {

  private final int[] brain;
  private final int gridSize;
  private final SmoothField field;

  BrainSmoothing(VoxelGrid grid, double sigmaMillimetres) {
    brain = grid.brain();
    gridSize = grid.size();
    field = new SmoothField(grid, sigmaMillimetres);
  }

  float[] apply(float[] values) {
    float[] smooth = field.smooth(spread(values));
    float[] result = new float[brain.length];
    for (int row = 0; row < brain.length; row++) {
      result[row] = smooth[brain[row]];
    }
    return result;
  }

  /** The same values on the whole grid, zero outside the brain. */
  float[] spread(float[] values) {
    float[] volume = new float[gridSize];
    for (int row = 0; row < brain.length; row++) {
      volume[brain[row]] = values[row];
    }
    return volume;
  }
}
