package io.maskwire.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maskwire.cli.demo.VolumeGenerator.Group;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolumeGeneratorTest {

  private final DemoTask task = DemoTask.published();
  private final VolumeGenerator generator = new VolumeGenerator(task);

  @Test
  void draw_anyVolume_isZScored() {
    float[] values = generator.draw(Group.TRAINING, 3, 11);

    double mean =
        IntStream.range(0, values.length).mapToDouble(n -> values[n]).average().orElseThrow();
    double power =
        IntStream.range(0, values.length)
            .mapToDouble(n -> values[n] * values[n])
            .average()
            .orElseThrow();
    assertThat(mean).isEqualTo(0, within(1e-4));
    assertThat(power).isEqualTo(1, within(1e-4));
  }

  @Test
  void draw_again_givesTheSameVolume() {
    assertThat(new VolumeGenerator(task).draw(Group.HELD_OUT, 2, 5))
        .isEqualTo(generator.draw(Group.HELD_OUT, 2, 5));
  }

  @Test
  void draw_otherGroupPersonOrNetwork_sharesNoNoise() {
    float[] volume = generator.draw(Group.TRAINING, 2, 5);

    for (float[] other :
        List.of(
            generator.draw(Group.HELD_OUT, 2, 5),
            generator.draw(Group.TRAINING, 3, 5),
            generator.draw(Group.TRAINING, 2, 6))) {
      assertThat(correlation(volume, other)).isLessThan(0.7);
    }
  }

  @Test
  void draw_network_isBrighterInItsOwnPlacesThanInAnothers() {
    BrainSmoothing brain = new BrainSmoothing(task.grid(), 4);
    int primaryVisual = 8;
    float[] volume = brain.spread(brain.apply(generator.draw(Group.HELD_OUT, 0, primaryVisual)));

    assertThat(at(volume, 8, -84, 4)).isGreaterThan(3 * Math.abs(at(volume, 0, 54, 6)));
  }

  @Test
  void networks_catalogue_has58DistinctOnesInTheBrain() {
    List<RestingStateNetwork> networks = task.networks();

    assertThat(networks).hasSize(58);
    assertThat(networks).extracting(RestingStateNetwork::slug).doesNotHaveDuplicates();
    assertThat(networks).extracting(RestingStateNetwork::blobs).doesNotHaveDuplicates();
    assertThat(networks)
        .flatExtracting(RestingStateNetwork::blobs)
        .allMatch(blob -> VoxelGrid.isBrain(blob.x(), blob.y(), blob.z()));
  }

  @Test
  void draw_smoothField_hasUnitVariance() {
    VoxelGrid grid = new VoxelGrid(40, 40, 40, 4);
    float[] field = new SmoothField(grid, 6).draw(new SplittableRandom(5));

    double power = 0;
    for (int voxel = 0; voxel < field.length; voxel++) {
      power += field[voxel] * field[voxel] / (double) field.length;
    }
    assertThat(power).isBetween(0.7, 1.2);
  }

  @Test
  void apply_brainSmoothing_isSymmetric() {
    BrainSmoothing smoothing = new BrainSmoothing(task.grid(), 5);
    float[] a = generator.draw(Group.TRAINING, 0, 0);
    float[] b = generator.draw(Group.TRAINING, 1, 0);

    assertThat(inner(smoothing.apply(a), b)).isEqualTo(inner(a, smoothing.apply(b)), within(1.0));
  }

  private float at(float[] volume, double x, double y, double z) {
    VoxelGrid grid = task.grid();
    return volume[
        grid.index(
            (int) Math.round((x - grid.left()) / grid.millimetres()),
            (int) Math.round((y - grid.back()) / grid.millimetres()),
            (int) Math.round((z - grid.bottom()) / grid.millimetres()))];
  }

  private static double correlation(float[] a, float[] b) {
    return inner(a, b) / a.length;
  }

  private static double inner(float[] a, float[] b) {
    double sum = 0;
    for (int n = 0; n < a.length; n++) {
      sum += (double) a[n] * b[n];
    }
    return sum;
  }
}
