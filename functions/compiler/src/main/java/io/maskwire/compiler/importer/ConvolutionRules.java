package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.ring.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Convolutions and batch normalisation. */
final class ConvolutionRules {
  private ConvolutionRules() {}

  static final Map<String, Rule> RULES =
      Map.of(
          "Conv", Rule.single(ConvolutionRules::convolution),
          "ConvTranspose", Rule.single(ConvolutionRules::transposed),
          "BatchNormalization", Rule.single(ConvolutionRules::batchNormalization));

  /** The spatial dimensions of a shape. */
  static int[] spatial(Shape shape) {
    if (shape.rank() < 3 || shape.rank() > 5) {
      throw new UnsupportedNodeException("1 to 3 spatial dimensions are supported");
    }
    return Arrays.copyOfRange(shape.toArray(), 2, shape.rank());
  }

  private static Shape result(int batch, int channels, int[] spatial) {
    int[] dimensions = new int[spatial.length + 2];
    dimensions[0] = batch;
    dimensions[1] = channels;
    System.arraycopy(spatial, 0, dimensions, 2, spatial.length);
    return Shape.of(dimensions);
  }

  private static Imported convolution(ImportNode node) {
    ConstantTensor weights = node.known(1, "the kernel");
    Shape shape = node.shape(0);
    Shape kernel = weights.shape();
    requireRank(shape, kernel);
    Window window =
        Window.of(
            node.attributes(),
            spatial(shape),
            node.attributes().integers("kernel_shape", spatial(kernel)));
    int groups = node.attributes().integer("group", 1);
    Convolution.Channels channels =
        new Convolution.Channels(
            shape.dimension(0), shape.dimension(1), kernel.dimension(0), groups);
    Convolution map =
        new Convolution(
            channels,
            Convolution.Extent.of(1, window.input()),
            Convolution.Extent.of(1, window.kernel()),
            window.toConvolution());
    Shape result = result(shape.dimension(0), kernel.dimension(0), window.output());
    return node.builder()
        .add(node.name(), linear(node, map, weights.toFloats(), result), result, node.secret(0));
  }

  private static void requireRank(Shape shape, Shape kernel) {
    if (shape.rank() != kernel.rank()) {
      throw new IllegalArgumentException(
          "kernel of shape " + kernel + " over a tensor of shape " + shape);
    }
  }

  private static Operator linear(
      ImportNode node, Convolution map, FloatTensor weights, Shape result) {
    Optional<Operator.Bias> bias = Optional.empty();
    if (node.has(2)) {
      FloatTensor values = node.known(2, "the bias").toFloats();
      if (values.values().length != result.dimension(1)) {
        throw new IllegalArgumentException(
            "bias of shape " + values.shape() + " for a result of shape " + result);
      }
      int inner = result.elements() / result.dimension(0) / result.dimension(1);
      bias = Optional.of(new Operator.Bias(values, inner));
    }
    return new Operator.Linear(map, weights, bias);
  }

  private static Imported transposed(ImportNode node) {
    ConstantTensor weights = node.known(1, "the kernel");
    Shape shape = node.shape(0);
    Shape kernel = weights.shape();
    requireRank(shape, kernel);
    int groups = node.attributes().integer("group", 1);
    int outputs = Math.multiplyExact(kernel.dimension(1), groups);
    Transposition plan = Transposition.of(node.attributes(), spatial(shape), spatial(kernel));
    Shape stretched = result(shape.dimension(0), shape.dimension(1), plan.stretched());
    int[] positions =
        Positions.perAxis(shape, stretched, (axis, i) -> axis < 2 ? i : plan.source(axis - 2, i));
    Imported.Secret spread =
        node.builder()
            .secret(
                node.name(),
                node.builder().gather(node.name(), node.secret(0), positions, stretched));
    Convolution map =
        new Convolution(
            new Convolution.Channels(shape.dimension(0), shape.dimension(1), outputs, groups),
            Convolution.Extent.of(1, plan.stretched()),
            Convolution.Extent.of(1, spatial(kernel)),
            plan.window());
    Shape result = result(shape.dimension(0), outputs, plan.output());
    FloatTensor flipped = flipped(weights.toFloats(), groups);
    return node.builder().add(node.name(), linear(node, map, flipped, result), result, spread);
  }

  /** [in, out / groups, kernel] to [out, in / groups, reversed kernel]. */
  private static FloatTensor flipped(FloatTensor weights, int groups) {
    Shape shape = weights.shape();
    int inputs = shape.dimension(0) / groups;
    int outputs = shape.dimension(1);
    int size = shape.elements() / shape.dimension(0) / outputs;
    float[] flipped = new float[shape.elements()];
    for (int group = 0; group < groups; group++) {
      for (int in = 0; in < inputs; in++) {
        for (int out = 0; out < outputs; out++) {
          int from = ((group * inputs + in) * outputs + out) * size;
          int to = ((group * outputs + out) * inputs + in) * size;
          for (int k = 0; k < size; k++) {
            flipped[to + size - 1 - k] = weights.get(from + k);
          }
        }
      }
    }
    return FloatTensor.takeOwnershipOf(Shape.of(flipped.length), flipped);
  }

  private static Imported batchNormalization(ImportNode node) {
    requireInference(node);
    Shape shape = node.shape(0);
    if (shape.rank() == 0) {
      throw new UnsupportedNodeException("a tensor without dimensions");
    }
    int channels = shape.rank() > 1 ? shape.dimension(1) : 1;
    if (node.opset() < 9 && node.attributes().integer("spatial", 1) == 0) {
      channels = shape.elements() / shape.dimension(0);
    }
    float epsilon = node.attributes().real("epsilon", 1e-5f);
    FloatTensor gamma = parameter(node, 1, channels);
    FloatTensor beta = parameter(node, 2, channels);
    FloatTensor mean = parameter(node, 3, channels);
    FloatTensor variance = parameter(node, 4, channels);
    float[] factor = new float[channels];
    float[] summand = new float[channels];
    for (int i = 0; i < channels; i++) {
      double scale = gamma.get(i) / Math.sqrt((double) variance.get(i) + epsilon);
      factor[i] = (float) scale;
      summand[i] = (float) (beta.get(i) - scale * mean.get(i));
    }
    int inner = shape.elements() / shape.dimension(0) / channels;
    Shape flat = Shape.of(channels);
    Operator linear =
        new Operator.Linear(
            new Scaling(shape.elements(), channels, inner),
            FloatTensor.takeOwnershipOf(flat, factor),
            Optional.of(new Operator.Bias(FloatTensor.takeOwnershipOf(flat, summand), inner)));
    return node.builder().add(node.name(), linear, shape, node.secret(0));
  }

  /**
   * Before operator set 14 the statistics' outputs mean training, before 7 so does a missing
   * is_test.
   */
  private static void requireInference(ImportNode node) {
    boolean training = node.attributes().integer("training_mode", 0) != 0;
    boolean old = node.opset() < 7 && node.attributes().integer("is_test", 0) == 0;
    if (training || old || node.namesFurtherOutputs()) {
      throw new UnsupportedNodeException(
          "training mode%s; export the model for inference"
              .formatted(old ? " (is_test 0)" : training ? "" : " (outputs of statistics)"));
    }
  }

  private static FloatTensor parameter(ImportNode node, int input, int channels) {
    FloatTensor values = node.known(input, "a parameter").toFloats();
    if (values.values().length != channels) {
      throw new IllegalArgumentException(
          "parameter of shape " + values.shape() + " for " + channels + " channels");
    }
    return values;
  }
}
