package io.maskwire.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import org.junit.jupiter.api.Test;

/** Every step against values computed by hand. */
class PipelineTest {
  @Test
  void apply_defaultForPicture_isScaledPlanes() {
    Samples picture = picture(1, 2, 3, 255, 0, 51, 0, 102, 153);

    FloatTensor tensor = Pipeline.apply("a", picture, Preprocess.DEFAULT, Shape.of(0, 3, 1, 2));

    assertThat(tensor.shape()).isEqualTo(Shape.of(1, 3, 1, 2));
    assertThat(tensor.values()).containsExactly(1, 0, 0, 0.4f, 0.2f, 0.6f);
  }

  @Test
  void apply_channelsLastModel_keepsPixelsTogether() {
    Samples column = picture(2, 1, 3, 255, 0, 51, 0, 102, 153);
    Samples row = picture(1, 2, 3, 255, 0, 51, 0, 102, 153);

    assertThat(apply(column, "", Shape.of(1, 2, 1, 3)).values())
        .containsExactly(1, 0, 0.2f, 0, 0.4f, 0.6f);
    // One channel of 2 x 3 or 1 x 2 of three channels: the layout must be said.
    assertThat(apply(row, "layout: NHWC\n", Shape.of(1, 1, 2, 3)).values())
        .containsExactly(1, 0, 0.2f, 0, 0.4f, 0.6f);
  }

  @Test
  void apply_modelOfOneChannel_takesLuma() {
    Samples picture = picture(1, 1, 3, 100, 200, 50);

    // 29900 + 117400 + 5700 = 153000
    assertThat(apply(picture, "scale: 1\n", Shape.of(1, 1, 1, 1)).values()).containsExactly(153f);
  }

  @Test
  void apply_grayPictureForColourModel_isRepeated() {
    assertThat(apply(picture(1, 1, 1, 7), "scale: 1\n", Shape.of(1, 3, 1, 1)).values())
        .containsExactly(7, 7, 7);
  }

  @Test
  void apply_bgr_isTurned() {
    assertThat(
            apply(picture(1, 1, 3, 1, 2, 3), "scale: 1\nchannels: bgr\n", Shape.of(1, 3, 1, 1))
                .values())
        .containsExactly(3, 2, 1);
  }

  @Test
  void apply_bilinear_usesPixelCentres() {
    // Centres of 4 pixels over 2: -0.25, 0.25, 0.75, 1.25, the outer ones clamped.
    assertThat(apply(picture(1, 2, 1, 0, 8), "scale: 1\n", Shape.of(1, 1, 1, 4)).values())
        .containsExactly(0, 2, 6, 8);
    // Centres of 2 pixels over 4: 0.5 and 2.5.
    assertThat(apply(picture(1, 4, 1, 0, 2, 6, 8), "scale: 1\n", Shape.of(1, 1, 1, 2)).values())
        .containsExactly(1, 7);
    // Both axes: centre of 1 over 2x2 is the mean.
    assertThat(apply(picture(2, 2, 1, 1, 2, 3, 6), "scale: 1\n", Shape.of(1, 1, 1, 1)).values())
        .containsExactly(3);
  }

  @Test
  void apply_nearest_takesThePixelUnderTheCentre() {
    String yaml = "scale: 1\nresize: {method: nearest}\n";

    assertThat(apply(picture(1, 5, 1, 0, 1, 2, 3, 4), yaml, Shape.of(1, 1, 1, 2)).values())
        .containsExactly(1, 3);
    assertThat(apply(picture(1, 2, 1, 5, 9), yaml, Shape.of(1, 1, 1, 3)).values())
        .containsExactly(5, 9, 9);
  }

  @Test
  void apply_area_isTheMeanOfWhatIsCovered() {
    String yaml = "scale: 1\nresize: {method: area}\n";

    // Each of 2 covers 1.5 of 3: (0 + 0.5 * 6) / 1.5 and (0.5 * 6 + 12) / 1.5.
    assertThat(apply(picture(1, 3, 1, 0, 6, 12), yaml, Shape.of(1, 1, 1, 2)).values())
        .containsExactly(2, 10);
    assertThat(apply(picture(2, 2, 1, 1, 2, 3, 6), yaml, Shape.of(1, 1, 1, 1)).values())
        .containsExactly(3);
  }

  @Test
  void apply_crops_areCentredOrWhereTheyAreSaid() {
    Samples row = picture(1, 5, 1, 0, 1, 2, 3, 4);

    // floor(5 * 0.5 + 0.5) = 3 of 5 from (5 - 3) / 2 = 1, and floor(1 * 0.5 + 0.5) = 1 of 1.
    assertThat(apply(row, "scale: 1\ncrop: {fraction: 0.5}\n", Shape.of(1, 1, 1, 3)).values())
        .containsExactly(1, 2, 3);
    assertThat(apply(row, "scale: 1\ncrop: {square: 1}\n", Shape.of(1, 1, 1, 1)).values())
        .containsExactly(2);
    assertThat(
            apply(row, "scale: 1\ncrop: {start: [0, 3], size: [1, 2]}\n", Shape.of(1, 1, 1, 2))
                .values())
        .containsExactly(3, 4);
    assertThatThrownBy(
            () -> apply(row, "crop: {start: [0, 4], size: [1, 2]}\n", Shape.of(1, 1, 1, 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not fit into [1, 5]");
  }

  @Test
  void apply_cropOfColumns_keepsRowsAndChannelsTogether() {
    Samples picture = picture(2, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

    assertThat(
            apply(picture, "scale: 1\ncrop: {start: [0, 1], size: [2, 1]}\n", Shape.of(1, 3, 2, 1))
                .values())
        .containsExactly(4, 10, 5, 11, 6, 12);
  }

  @Test
  void apply_arithmetic_isInTheStatedOrder() {
    String yaml = "clip: [10, 200]\nscale: 1/100\nmean: [1, 0, 0]\nstd: [0.5, 1, 2]\n";

    // Clip to 200, 10, 50; over 100: 2, 0.1, 0.5; minus mean over std: 2, 0.1, 0.25.
    assertThat(apply(picture(1, 1, 3, 250, 0, 50), yaml, Shape.of(1, 3, 1, 1)).values())
        .containsExactly(2, 0.1f, 0.25f);
  }

  @Test
  void apply_normalize_usesStatisticsOfTheInput() {
    Samples volume = volume(1, 1, 4, 0, 0, 2, 6);

    // Mean 2, variance (4 + 4 + 0 + 16) / 4 = 6.
    assertThat(applyVolume(volume, "normalize: zscore\n", Shape.of(4, 1, 1)).values())
        .containsExactly(
            (float) (-2 / Math.sqrt(6)),
            (float) (-2 / Math.sqrt(6)),
            0,
            (float) (4 / Math.sqrt(6)));
    // Over 2 and 6: mean 4, deviation 2.
    assertThat(applyVolume(volume, "normalize: zscore-nonzero\n", Shape.of(4, 1, 1)).values())
        .containsExactly(0, 0, -1, 1);
    assertThat(applyVolume(volume, "normalize: minmax\n", Shape.of(4, 1, 1)).values())
        .containsExactly(0, 0, (float) (2 / 6.0), 1);
    for (String method : new String[] {"zscore", "zscore-nonzero", "minmax"}) {
      assertThatThrownBy(
              () ->
                  applyVolume(
                      volume(1, 1, 2, 0, 0), "normalize: " + method + "\n", Shape.of(2, 1, 1)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("every value is 0.0");
    }
  }

  @Test
  void apply_volume_hasXOutermostByDefault() {
    // x = 3, y = 2, z = 1; value = 10 x + y, x fastest in the file.
    Samples volume = volume(1, 2, 3, 0, 10, 20, 1, 11, 21);

    assertThat(Pipeline.apply("a", volume, Preprocess.DEFAULT, Shape.of(1, 1, 3, 2, 1)).values())
        .containsExactly(0, 1, 10, 11, 20, 21);
    assertThat(applyVolume(volume, "axes: zyx\n", Shape.of(1, 2, 3)).values())
        .containsExactly(0, 10, 20, 1, 11, 21);
    assertThat(applyVolume(volume, "axes: zyx\n", Shape.of(1, 6)).values())
        .containsExactly(0, 10, 20, 1, 11, 21);
  }

  @Test
  void apply_volumeWithAxesExchanged_isRefusedThoughTheCountFits() {
    Samples volume = volume(1, 2, 3, 0, 10, 20, 1, 11, 21);

    assertThatThrownBy(() -> Pipeline.apply("v.nii", volume, Preprocess.DEFAULT, Shape.of(1, 2, 3)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("v.nii: holds a volume of x 3, y 2, z 1")
        .hasMessageContaining("the model takes [1, 2, 3]");
  }

  @Test
  void apply_volumeResize_takesTheModelsSides() {
    Samples volume = volume(2, 2, 2, 0, 8, 0, 8, 0, 8, 0, 8);

    assertThat(applyVolume(volume, "resize: {}\n", Shape.of(1, 1, 4, 1, 1)).values())
        .containsExactly(0, 2, 6, 8);
  }

  @Test
  void apply_tensor_passesAPicturePipelineUnchanged() {
    Samples tensor = new Samples(InputKind.TENSOR, Shape.of(2), new double[] {100, 200});

    assertThat(apply(tensor, "scale: 2\n", Shape.of(1, 1, 1, 2)).values())
        .containsExactly(100, 200);
    Preprocess declared = Preprocess.parse("p.yaml", "version: 1\ninput: tensor\nscale: 2\n");
    assertThat(Pipeline.apply("a", tensor, declared, Shape.of(1, 2)).values())
        .containsExactly(200, 400);
  }

  @Test
  void apply_tensorOfAnotherCount_isRefused() {
    Samples tensor = new Samples(InputKind.TENSOR, Shape.of(2), new double[2]);

    assertThatThrownBy(() -> Pipeline.apply("a", tensor, Preprocess.DEFAULT, Shape.of(1, 3)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a tensor [2], the model takes [1, 3]");
  }

  @Test
  void apply_batch_becomesOneUnlessTheTensorHasAll() {
    Samples one = new Samples(InputKind.TENSOR, Shape.of(1, 3), new double[3]);
    Samples two = new Samples(InputKind.TENSOR, Shape.of(2, 3), new double[6]);

    assertThat(Pipeline.apply("a", one, Preprocess.DEFAULT, Shape.of(2, 3)).shape())
        .isEqualTo(Shape.of(1, 3));
    assertThat(Pipeline.apply("a", two, Preprocess.DEFAULT, Shape.of(2, 3)).shape())
        .isEqualTo(Shape.of(2, 3));
    assertThat(Pipeline.apply("a", two, Preprocess.DEFAULT, Shape.of(0, 3)).shape())
        .isEqualTo(Shape.of(2, 3));
    assertThat(
            Pipeline.apply("a", picture(1, 1, 1, 9), Preprocess.DEFAULT, Shape.of(5, 1, 1, 1))
                .shape())
        .isEqualTo(Shape.of(1, 1, 1, 1));
  }

  @Test
  void apply_dynamicSides_needADeclaredSize() {
    Samples picture = picture(1, 1, 1, 255);

    assertThatThrownBy(() -> Pipeline.apply("a", picture, Preprocess.DEFAULT, Shape.of(0, 1, 0, 0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("declare 'resize'");
    assertThat(apply(picture, "resize: {height: 2, width: 3}\n", Shape.of(0, 1, 0, 0)).shape())
        .isEqualTo(Shape.of(1, 1, 2, 3));
  }

  @Test
  void apply_otherKind_isRefused() {
    assertThatThrownBy(() -> apply(volume(1, 1, 1, 0), "", Shape.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("but p.yaml has 'input: image'");
  }

  @Test
  void apply_nonFinite_isRefusedOrZero() {
    assertThatThrownBy(() -> applyVolume(volume(1, 1, 2, 1, Double.NaN), "", Shape.of(2, 1, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("value 1 is NaN");
    assertThat(
            applyVolume(
                    volume(1, 1, 2, 1, Double.NEGATIVE_INFINITY),
                    "nonfinite: zero\n",
                    Shape.of(2, 1, 1))
                .values())
        .containsExactly(1, 0);
    assertThatThrownBy(() -> applyVolume(volume(1, 1, 1, 1e300), "", Shape.of(1, 1, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("beyond a float");
  }

  private static Samples picture(int height, int width, int channels, double... values) {
    return new Samples(InputKind.IMAGE, Shape.of(height, width, channels), values);
  }

  private static Samples volume(int z, int y, int x, double... values) {
    return new Samples(InputKind.VOLUME, Shape.of(z, y, x), values);
  }

  private static FloatTensor apply(Samples samples, String yaml, Shape model) {
    Preprocess preprocess = Preprocess.parse("p.yaml", "version: 1\ninput: image\n" + yaml);
    return Pipeline.apply("a.png", samples, preprocess, model);
  }

  private static FloatTensor applyVolume(Samples samples, String yaml, Shape model) {
    Preprocess preprocess = Preprocess.parse("p.yaml", "version: 1\ninput: volume\n" + yaml);
    return Pipeline.apply("a.nii", samples, preprocess, model);
  }
}
