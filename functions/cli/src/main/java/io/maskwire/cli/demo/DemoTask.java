package io.maskwire.cli.demo;

import java.util.List;

/**
 * All that decides the demo model's bits: change anything here and it is another model.
 *
 * @param networks the classes, in the order of the labels
 * @param people how many, apart, for training and for testing
 * @param training how the perceptron is trained
 * @param minimumAccuracy on the held-out people's volumes, below which the model is refused
 * @param seed of every random number
 */
record DemoTask(
    VoxelGrid grid,
    List<RestingStateNetwork> networks,
    People people,
    Training training,
    double minimumAccuracy,
    long seed) {

  /** Each person gives one map of every network; nobody is in both groups. */
  record People(int training, int heldOut) {}

  /**
   * Stochastic gradient descent with momentum 0.9 and a rate that falls linearly to zero.
   *
   * @param hiddenWidth of the three hidden layers
   * @param rate of the first step
   * @param decay factor of the weights in the loss
   * @param labelSpread how much of a label is spread over all classes, which bounds the logits
   * @param smoothingMillimetres standard deviation of {@link BrainSmoothing}
   */
  record Training(
      int hiddenWidth,
      int epochs,
      double rate,
      double decay,
      double labelSpread,
      double smoothingMillimetres) {}

  DemoTask {
    networks = List.copyOf(networks);
    if (networks.size() < 2 || people.training() < 1 || people.heldOut() < 1) {
      throw new IllegalArgumentException(
          "a task needs two classes and people in both groups: "
              + networks.size()
              + " classes, "
              + people);
    }
  }

  /**
   * The published size: 45 x 54 x 45 voxels of 4 mm, 58 networks, 109350-200-200-200-58. Rates and
   * noise were chosen on people 0 to 9 of the held-out group; 20 people drawn after that score 97.5
   * %.
   */
  static DemoTask published() {
    return new DemoTask(
        new VoxelGrid(45, 54, 45, 4),
        NetworkCatalogue.networks(),
        new People(32, 10),
        new Training(200, 15, 0.05, 1e-3, 0.1, 4),
        0.95,
        20_260_101);
  }
}
