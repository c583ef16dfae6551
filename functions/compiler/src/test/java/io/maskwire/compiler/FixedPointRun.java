package io.maskwire.compiler;

import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.List;

/** Runs a compiled model on clear values, with every range checked. */
final class FixedPointRun {
  private FixedPointRun() {}

  static List<FloatTensor> run(CompiledModel model, List<FloatTensor> inputs) {
    Program program = model.program();
    List<RingTensor> encoded = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Program.Input input = program.inputs().get(i);
      encoded.add(FixedPoint.encode(inputs.get(i), input.scale(), input.bound()));
    }
    List<RingTensor> results = Plaintext.evaluate(program, model.weights(), encoded);
    List<FloatTensor> outputs = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Program.Output output = program.outputs().get(i);
      FloatTensor decoded =
          FixedPoint.decode(results.get(i), output.scale(), output.wire().width());
      outputs.add(finish(decoded, output));
    }
    return outputs;
  }

  private static FloatTensor finish(FloatTensor tensor, Program.Output output) {
    return switch (output.finish()) {
      case NONE -> tensor;
      case SIGMOID -> {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (1 / (1 + Math.exp(-values[i])));
        }
        yield FloatTensor.takeOwnershipOf(tensor.shape(), values);
      }
      case FLAT_SOFTMAX, SOFTMAX -> softmax(tensor, output, false);
      case FLAT_LOG_SOFTMAX, LOG_SOFTMAX -> softmax(tensor, output, true);
      case ARG_MAX, ARG_MAX_DROPPED -> positions(tensor, output);
    };
  }

  /** True if a line of the last operator begins at element {@code start}. */
  private static boolean isStart(int start, Program.Output output) {
    return start / output.lineStride() % output.lineLength() == 0;
  }

  private static FloatTensor positions(FloatTensor tensor, Program.Output output) {
    float[] values = new float[output.resultShape().elements()];
    int next = 0;
    for (int start = 0; start < tensor.values().length; start++) {
      if (isStart(start, output)) {
        int best = 0;
        for (int i = 1; i < output.lineLength(); i++) {
          float value = tensor.get(start + i * output.lineStride());
          best = value > tensor.get(start + best * output.lineStride()) ? i : best;
        }
        values[next++] = best;
      }
    }
    return FloatTensor.takeOwnershipOf(output.resultShape(), values);
  }

  private static FloatTensor softmax(FloatTensor tensor, Program.Output output, boolean logarithm) {
    int length = output.lineLength();
    int stride = output.lineStride();
    float[] values = tensor.values().clone();
    for (int start = 0; start < values.length; start++) {
      if (isStart(start, output)) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
          sum += Math.exp(tensor.get(start + i * stride));
        }
        for (int i = 0; i < length; i++) {
          double value = tensor.get(start + i * stride);
          values[start + i * stride] =
              (float) (logarithm ? value - Math.log(sum) : Math.exp(value) / sum);
        }
      }
    }
    return FloatTensor.takeOwnershipOf(output.resultShape(), values);
  }

  /** The largest difference of elements. */
  static double difference(FloatTensor a, FloatTensor b) {
    if (a.values().length != b.values().length) {
      throw new AssertionError("shapes differ: " + a.shape() + " and " + b.shape());
    }
    double largest = 0;
    for (int i = 0; i < a.values().length; i++) {
      largest = Math.max(largest, Math.abs((double) a.get(i) - b.get(i)));
    }
    return largest;
  }
}
