package io.maskwire.cli.inference;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

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
      case ARG_MAX, ARG_MAX_DROPPED -> positions(output, decoded);
      case FLAT_LOG_SOFTMAX, LOG_SOFTMAX ->
          overLines(output, decoded, DoubleUnaryOperator.identity());
      case FLAT_SOFTMAX, SOFTMAX -> overLines(output, decoded, Math::exp);
    };
  }

  private static FloatTensor sigmoid(FloatTensor decoded) {
    float[] values = decoded.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 / (1 + Math.exp(-values[i])));
    }
    return FloatTensor.takeOwnershipOf(decoded.shape(), values);
  }

  private static FloatTensor positions(Program.Output output, FloatTensor decoded) {
    float[] values = new float[decoded.values().length / output.lineLength()];
    for (int line = 0; line < values.length; line++) {
      values[line] = largest(line(output, decoded, line));
    }
    return FloatTensor.takeOwnershipOf(output.resultShape(), values);
  }

  private static FloatTensor overLines(
      Program.Output output, FloatTensor decoded, DoubleUnaryOperator ofLogarithm) {
    float[] values = new float[decoded.values().length];
    for (int line = 0; line < values.length / output.lineLength(); line++) {
      double[] logarithms = logSoftmax(line(output, decoded, line));
      for (int i = 0; i < logarithms.length; i++) {
        values[start(output, line) + i * output.lineStride()] =
            (float) ofLogarithm.applyAsDouble(logarithms[i]);
      }
    }
    return FloatTensor.takeOwnershipOf(output.resultShape(), values);
  }

  private static int start(Program.Output output, int line) {
    int stride = output.lineStride();
    return line / stride * output.lineLength() * stride + line % stride;
  }

  private static double[] line(Program.Output output, FloatTensor decoded, int line) {
    double[] row = new double[output.lineLength()];
    for (int i = 0; i < row.length; i++) {
      row[i] = decoded.get(start(output, line) + i * output.lineStride());
    }
    return row;
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
