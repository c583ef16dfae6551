package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.Shape;

/** What a name of the ONNX graph stands for. */
sealed interface Imported {

  /** A constant: known while compiling. */
  record Known(ConstantTensor tensor) implements Imported {}

  /**
   * A tensor that depends on the user's input. Reshaping changes {@code shape} and nothing else.
   */
  record Secret(Graph.Value value, Shape shape) implements Imported {
    public Secret {
      if (value.shape().elements() != shape.elements()) {
        throw new IllegalArgumentException(
            "shape " + shape + " does not fit a tensor of shape " + value.shape());
      }
    }
  }

  /** An output to which the user applies {@code finish} after unmasking. */
  record Finished(Secret secret, Program.Finish finish, int axis) implements Imported {}

  /** The result of a node that cannot be imported. */
  record Unknown() implements Imported {}
}
