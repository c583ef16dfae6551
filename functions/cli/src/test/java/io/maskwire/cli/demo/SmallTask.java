package io.maskwire.cli.demo;

import java.util.List;

/** A task of the demo's kind that is learnt in a second: large voxels, six networks far apart. */
final class SmallTask {

  private SmallTask() {}

  static DemoTask create() {
    return withSeed(7);
  }

  static DemoTask withSeed(long seed) {
    List<RestingStateNetwork> all = NetworkCatalogue.networks();
    return new DemoTask(
        new VoxelGrid(15, 18, 15, 12),
        List.of(all.get(0), all.get(2), all.get(8), all.get(15), all.get(16), all.get(29)),
        new DemoTask.People(16, 5),
        new DemoTask.Training(16, 30, 0.05, 1e-3, 0.1, 6),
        0.9,
        seed);
  }

  static DemoTask promising(double accuracy) {
    DemoTask task = create();
    return new DemoTask(
        task.grid(), task.networks(), task.people(), task.training(), accuracy, task.seed());
  }
}
