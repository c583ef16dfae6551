package io.maskwire.cli.inference;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;

/** From unmasked integers to what the model's output means: decoding, then the last operator. */
public final class Finishing {
  private Finishing() {}

  /** The real outputs of {@code program}. */
  public static List<FloatTensor> finish(Program program, List<RingTensor> outputs) {
    List<FloatTensor> finished = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Program.Output output = program.outputs().get(i);
      FloatTensor decoded =
          FixedPoint.decode(outputs.get(i), output.scale(), output.wire().width());
      finished.add(apply(output, decoded));
    }
    return finished;
  }

  private static FloatTensor apply(Program.Output output, FloatTensor decoded) {
    return switch (output.finish()) {
      case NONE -> decoded;
      case SIGMOID -> sigmoid(decoded);
      case ARG_MAX, LOG_SOFTMAX, SOFTMAX -> alongAxis(output, decoded);
    };
  }

  private static FloatTensor sigmoid(FloatTensor decoded) {
    float[] values = decoded.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 / (1 + Math.exp(-values[i])));
    }
    return FloatTensor.takeOwnershipOf(decoded.shape(), values);
  }

  private static FloatTensor alongAxis(Program.Output output, FloatTensor decoded) {
    Shape shape = decoded.shape();
    int length = shape.rank() == 0 ? 1 : shape.dimension(output.axis());
    int inner = shape.rank() == 0 ? 1 : shape.strides()[output.axis()];
    int outer = decoded.values().length / (length * inner);
    boolean index = output.finish() == Program.Finish.ARG_MAX;
    float[] values = index ? new float[outer * inner] : decoded.values().clone();
    for (int line = 0; line < outer * inner; line++) {
      int start = line / inner * length * inner + line % inner;
      double[] row = new double[length];
      for (int i = 0; i < length; i++) {
        row[i] = decoded.get(start + i * inner);
      }
      if (index) {
        values[line] = largest(row);
      } else {
        double[] logarithms = logSoftmax(row);
        for (int i = 0; i < length; i++) {
          values[start + i * inner] =
              (float)
                  (output.finish() == Program.Finish.SOFTMAX
                      ? Math.exp(logarithms[i])
                      : logarithms[i]);
        }
      }
    }
    return index
        ? FloatTensor.takeOwnershipOf(Shape.of(values.length), values)
        : FloatTensor.takeOwnershipOf(shape, values);
  }

  private static int largest(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      if (row[i] > row[best]) {
        best = i;
      }
    }
    return best;
  }

  private static double[] logSoftmax(double[] row) {
    double maximum = row[largest(row)];
    double sum = 0;
    for (double value : row) {
      sum += Math.exp(value - maximum);
    }
    double[] logarithms = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      logarithms[i] = row[i] - maximum - Math.log(sum);
    }
    return logarithms;
  }
}
