package io.maskwire.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainedLayerTest {

  @Test
  void backward_perturbedInput_isTheSlopeOfForward() {
    TrainedLayer layer = TrainedLayer.random(3, 2, new SplittableRandom(1));
    float[][] slopeOfLoss = {{2, -3}};

    float[] slope = layer.backward(slopeOfLoss)[0];

    for (int input = 0; input < 3; input++) {
      float[][] up = {{0.5f, -1, 2}};
      up[0][input] += 1;
      float[] moved = layer.forward(up)[0];
      float[] still = layer.forward(new float[][] {{0.5f, -1, 2}})[0];
      float expected = 2 * (moved[0] - still[0]) - 3 * (moved[1] - still[1]);
      assertThat(slope[input]).isEqualTo(expected, within(1e-5f));
    }
  }

  @Test
  void step_twice_momentumAddsNineTenths() {
    TrainedLayer layer = TrainedLayer.zero(1, 1, new SplittableRandom(1));
    float[][] slope = {{1}};

    layer.step(slope, slope, 0.1f, 0);
    layer.step(slope, slope, 0.1f, 0);

    assertThat(layer.weights()[0][0]).isEqualTo(-0.1f - 0.19f, within(1e-6f));
  }

  @Test
  void step_decayOnly_shrinksWeightsNotBias() {
    TrainedLayer layer = TrainedLayer.random(1, 1, new SplittableRandom(1));
    float before = layer.weights()[0][0];
    layer.bias()[0] = 2;
    float[][] none = {{0}};

    layer.step(none, none, 0.1f, 0.5f);

    assertThat(layer.weights()[0][0]).isEqualTo(0.95f * before, within(1e-6f));
    assertThat(layer.bias()[0]).isEqualTo(2);
  }

  @Test
  void softmax_largeLogits_sumsToOne() {
    float[] row = {1000, 1000, 998};

    Trainer.softmax(row);

    assertThat(row[0] + row[1] + row[2]).isEqualTo(1, within(1e-6f));
    assertThat(row[0] / row[2]).isEqualTo((float) Math.exp(2), within(1e-4f));
  }
}
