package io.maskwire.compiler.importer;

import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.List;

/** Collects the nodes of a graph. Structural operators on constants are applied at once. */
final class GraphBuilder {
  private final List<Graph.Input> inputs = new ArrayList<>();
  private final List<Graph.Node> nodes = new ArrayList<>();
  private int values;

  /** Shape of a constant or secret. */
  static Shape shapeOf(Imported imported) {
    return switch (imported) {
      case Imported.Known known -> known.tensor().shape();
      case Imported.Secret secret -> secret.shape();
      case Imported.Finished finished -> finished.secret().shape();
      case Imported.Unknown _ -> throw new UnsupportedNodeException("its input is not supported");
    };
  }

  List<Graph.Input> inputs() {
    return inputs;
  }

  List<Graph.Node> nodes() {
    return nodes;
  }

  /** An input of the model. */
  Imported.Secret addInput(String name, Shape shape) {
    Graph.Value value = new Graph.Value(values++, shape);
    inputs.add(new Graph.Input(name, value));
    return new Imported.Secret(value, shape);
  }

  /** A node with these inputs. */
  Imported.Secret add(String node, Operator operator, Shape shape, Imported.Secret... from) {
    requireElements(shape.elements());
    Graph.Value value = new Graph.Value(values++, shape);
    List<Graph.Value> sources = new ArrayList<>();
    for (Imported.Secret secret : from) {
      sources.add(secret.value());
    }
    nodes.add(new Graph.Node(node, operator, sources, value));
    return new Imported.Secret(value, shape);
  }

  /** A secret of the owner, or of the user as it is. */
  Imported.Secret secret(String node, Imported imported) {
    return switch (imported) {
      case Imported.Known(ConstantTensor tensor) ->
          add(node, new Operator.Constant(tensor.toFloats()), tensor.shape());
      case Imported.Secret secret -> secret;
      case Imported.Finished _ -> throw new IllegalStateException("a finished output is read");
      case Imported.Unknown _ -> throw new UnsupportedNodeException("its input is not supported");
    };
  }

  /** Elements {@code positions} of {@code source}, as {@code shape}; -1 stands for zero. */
  Imported gather(String node, Imported source, int[] positions, Shape shape) {
    if (source instanceof Imported.Known(ConstantTensor tensor)) {
      return new Imported.Known(tensor.gather(positions, shape));
    }
    Imported.Secret secret = secret(node, source);
    if (isIdentity(positions, secret.shape().elements())) {
      return new Imported.Secret(secret.value(), shape);
    }
    requireElements(positions.length);
    return add(node, new Operator.Gather(IndexMap.takeOwnershipOf(positions)), shape, secret);
  }

  /** The same elements under another shape. */
  static Imported reshape(Imported source, Shape shape) {
    if (shapeOf(source).elements() != shape.elements()) {
      throw new IllegalArgumentException("shape " + shapeOf(source) + " cannot become " + shape);
    }
    return switch (source) {
      case Imported.Known known -> new Imported.Known(known.tensor().reshape(shape));
      case Imported.Secret secret -> new Imported.Secret(secret.value(), shape);
      case Imported.Finished _ -> throw new IllegalStateException("a finished output is read");
      case Imported.Unknown unknown -> unknown;
    };
  }

  /** Refuses tensors that are empty or too large to be meant. */
  static void requireElements(long count) {
    if (count < 1) {
      throw new UnsupportedNodeException("a tensor without elements");
    }
    if (count > OnnxModel.LARGEST_TENSOR) {
      throw new UnsupportedNodeException("a tensor of " + count + " elements is too large");
    }
  }

  private static boolean isIdentity(int[] positions, int count) {
    if (positions.length != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (positions[i] != i) {
        return false;
      }
    }
    return true;
  }
}
