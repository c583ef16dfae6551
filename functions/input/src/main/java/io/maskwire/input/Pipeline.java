package io.maskwire.input;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * Preprocessing of a decoded file: non-finite values, axes, channels, crop, resize, arithmetic,
 * layout, one rounding to float, the model's shape. {@code docs/PREPROCESS.md} is the specification
 * of every step; the browser follows it too, so a change here needs a new {@code version} there.
 */
final class Pipeline {
  private static final Preprocess.Ratio BYTE_TO_UNIT = new Preprocess.Ratio(1, 255);
  private static final Preprocess.Ratio IDENTITY = new Preprocess.Ratio(1, 1);

  private final String name;
  private final Preprocess preprocess;
  private final ModelInput model;

  private Pipeline(String name, Preprocess preprocess, ModelInput model) {
    this.name = name;
    this.preprocess = preprocess;
    this.model = model;
  }

  /**
   * The model input for {@code samples}, which came from the file called {@code name}.
   *
   * @param modelInput the model's shape, 0 where it is dynamic
   */
  static FloatTensor apply(String name, Samples samples, Preprocess preprocess, Shape modelInput) {
    Pipeline pipeline = new Pipeline(name, preprocess, new ModelInput(modelInput));
    Samples finite = pipeline.handleNonFinite(samples);
    InputKind declared = preprocess.input().orElse(samples.kind());
    return switch (samples.kind()) {
      case IMAGE -> pipeline.image(pipeline.require(declared, finite));
      case TENSOR -> pipeline.tensor(finite, declared == InputKind.TENSOR);
      case VOLUME -> pipeline.volume(pipeline.require(declared, finite));
    };
  }

  private Samples require(InputKind declared, Samples samples) {
    if (declared != samples.kind()) {
      throw new InputException(
          name,
          "holds "
              + describe(samples)
              + ", but "
              + preprocess.source()
              + " has 'input: "
              + declared.label()
              + "'");
    }
    return samples;
  }

  private Samples handleNonFinite(Samples samples) {
    double[] values = samples.values();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        if (preprocess.selection().nonFinite() == Preprocess.NonFinite.REFUSE) {
          throw new InputException(
              name,
              "value "
                  + i
                  + " is "
                  + values[i]
                  + "; clean the file, or write 'nonfinite: zero' in preprocess.yaml");
        }
        values[i] = 0;
      }
    }
    return samples;
  }

  private FloatTensor image(Samples samples) {
    Optional<ModelInput.Picture> target = model.picture(preprocess.geometry().layout());
    Grid grid = Grid.ofPicture(name, samples);
    Optional<Preprocess.Channels> wanted = preprocess.geometry().channels();
    if (wanted.isEmpty() && target.isPresent()) {
      wanted =
          Optional.of(
              target.get().channels() == 1 ? Preprocess.Channels.GRAY : Preprocess.Channels.RGB);
    }
    if (wanted.isPresent()) {
      grid = grid.withChannels(wanted.get());
    }
    grid = cropAndResize(grid, target.map(t -> new int[] {t.height(), t.width()}), true);
    double[] values =
        new Intensities(name, preprocess.intensity())
            .apply(grid.values(), grid.channels(), BYTE_TO_UNIT);
    Preprocess.Layout layout =
        target
            .map(ModelInput.Picture::layout)
            .or(() -> preprocess.geometry().layout())
            .orElse(Preprocess.Layout.NCHW);
    int[] sides = grid.sides();
    int channels = grid.channels();
    boolean channelsFirst = layout == Preprocess.Layout.NCHW;
    int[] axes =
        channelsFirst
            ? new int[] {1, channels, sides[0], sides[1]}
            : new int[] {1, sides[0], sides[1], channels};
    return finish(
        samples, channelsFirst ? toChannelsFirst(values, channels) : values, withoutBatch(axes));
  }

  private FloatTensor volume(Samples samples) {
    Grid grid = Grid.ofVolume(name, samples, preprocess.geometry().axes());
    grid = cropAndResize(grid, model.volumeSides(), false);
    double[] values =
        new Intensities(name, preprocess.intensity()).apply(grid.values(), 1, IDENTITY);
    int[] sides = grid.sides();
    return finish(samples, values, withoutBatch(new int[] {1, 1, sides[0], sides[1], sides[2]}));
  }

  private FloatTensor tensor(Samples samples, boolean declared) {
    double[] values = samples.values();
    if (declared) {
      values = new Intensities(name, preprocess.intensity()).apply(values, 1, IDENTITY);
    }
    Shape shape = model.fitTensor(samples.shape()).orElseThrow(() -> misfit(samples, ""));
    return FloatTensor.takeOwnershipOf(shape, toFloat(values));
  }

  private Grid cropAndResize(Grid whole, Optional<int[]> modelSides, boolean byDefault) {
    Preprocess.Geometry geometry = preprocess.geometry();
    Grid grid = geometry.crop().isPresent() ? whole.crop(geometry.crop().get()) : whole;
    boolean wanted = geometry.resize().isPresent() || (byDefault && modelSides.isPresent());
    Preprocess.Method method =
        geometry.resize().map(Preprocess.Resize::method).orElse(Preprocess.Method.BILINEAR);
    if (!wanted || method == Preprocess.Method.NONE) {
      return grid;
    }
    int[] size =
        geometry.resize().map(Preprocess.Resize::size).filter(s -> !s.isEmpty()).stream()
            .flatMapToInt(s -> s.stream().mapToInt(Integer::intValue))
            .toArray();
    if (size.length == 0) {
      size = modelSides.orElse(new int[0]);
    }
    if (size.length == 0 || Arrays.stream(size).anyMatch(side -> side == 0)) {
      throw new InputException(
          name,
          "the model input "
              + model.shape()
              + " does not say which size to resize to; declare 'resize' with its sides in"
              + " preprocess.yaml");
    }
    return grid.resize(size, method);
  }

  /** Drops leading ones until the rank is the model's, so that dynamic dimensions line up. */
  private Shape withoutBatch(int[] axes) {
    int from = 0;
    while (axes.length - from > model.shape().rank() && axes[from] == 1) {
      from++;
    }
    return Shape.of(Arrays.copyOfRange(axes, from, axes.length));
  }

  private FloatTensor finish(Samples samples, double[] values, Shape natural) {
    Shape shape =
        model
            .fit(natural)
            .orElseThrow(() -> misfit(samples, ", preprocessed to " + natural + " in "));
    return FloatTensor.takeOwnershipOf(shape, toFloat(values));
  }

  private InputException misfit(Samples samples, String preprocessed) {
    return new InputException(
        name,
        "holds "
            + describe(samples)
            + (preprocessed.isEmpty() ? "" : preprocessed + preprocess.source())
            + ", the model takes "
            + model.shape()
            + "; declare channels, axes, crop, resize or layout in a preprocess.yaml beside the"
            + " model, or convert the file");
  }

  private static String describe(Samples samples) {
    int[] shape = samples.shape().toArray();
    return switch (samples.kind()) {
      case IMAGE ->
          "a picture " + shape[0] + " high, " + shape[1] + " wide, " + shape[2] + " channel(s)";
      case TENSOR -> "a tensor " + samples.shape();
      case VOLUME -> "a volume of x " + shape[2] + ", y " + shape[1] + ", z " + shape[0];
    };
  }

  private static double[] toChannelsFirst(double[] values, int channels) {
    int pixels = values.length / channels;
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i % channels * pixels + i / channels] = values[i];
    }
    return result;
  }

  private float[] toFloat(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
      if (!Float.isFinite(floats[i])) {
        throw new UnsupportedInputException(
            name, "value " + i + " is " + values[i] + " after preprocessing, beyond a float");
      }
    }
    return floats;
  }
}
