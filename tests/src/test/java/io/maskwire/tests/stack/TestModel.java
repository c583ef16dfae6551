package io.maskwire.tests.stack;

import io.maskwire.cli.gateway.RemoteModel;
import io.maskwire.cli.inference.SecureInference;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.ir.Schedule;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.tests.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A small published model with several rounds.
 *
 * @param name under which it is published
 * @param weights its owner's, in clear
 */
record TestModel(String name, List<RingTensor> weights) {
  /** Rounds of such a model: three of each hidden layer, one to open the result. */
  static final int ROUNDS = 7;

  private static final int LAYERS = 3;

  /** Publishes one on {@code stack}. */
  static TestModel publish(TestStack stack, String name) throws IOException {
    Path file = TestModels.perceptron(stack.folder().resolve(name + ".onnx"), LAYERS);
    stack.publish(file, name);
    return new TestModel(
        name, Compiler.compile(OnnxModel.read(file), CompilerOptions.defaults()).weights());
  }

  static int rounds(RemoteModel model) {
    return Schedule.of(model.program()).rounds();
  }

  /** Some input. */
  static FloatTensor input(RemoteModel model, Random random) {
    Shape shape = model.program().inputs().getFirst().shape();
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return FloatTensor.takeOwnershipOf(shape, values);
  }

  /** Whether {@code outputs} are the bits of the program in clear on {@code encoded}. */
  boolean isExact(RemoteModel model, List<RingTensor> encoded, List<RingTensor> outputs) {
    return SecureInference.equal(outputs, Plaintext.evaluate(model.program(), weights, encoded));
  }
}
