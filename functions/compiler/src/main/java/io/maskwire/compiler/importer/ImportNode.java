package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.maskwire.compiler.onnx.Attributes;
import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.crypto.ring.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A node while it is imported: its inputs, attributes and the graph that it adds to. */
final class ImportNode {
  private final NodeProto proto;
  private final ImportContext context;
  private final List<Optional<Imported>> inputs;
  private final Attributes attributes;
  private final Set<Integer> structural = new TreeSet<>();
  private final Set<Integer> bounds = new TreeSet<>();
  private final Set<Integer> valued = new TreeSet<>();

  ImportNode(NodeProto proto, ImportContext context, List<Optional<Imported>> inputs) {
    this.proto = proto;
    this.context = context;
    this.inputs = List.copyOf(inputs);
    this.attributes = new Attributes(proto);
  }

  /** Name for people. */
  static String nameOf(NodeProto proto) {
    if (!proto.getName().isEmpty()) {
      return proto.getName();
    }
    return proto.getOpType() + (proto.getOutputCount() > 0 ? "_" + proto.getOutput(0) : "");
  }

  String name() {
    return nameOf(proto);
  }

  String operator() {
    return proto.getOpType();
  }

  long opset() {
    return context.opset();
  }

  ImportContext context() {
    return context;
  }

  GraphBuilder builder() {
    return context.builder();
  }

  Attributes attributes() {
    return attributes;
  }

  int inputCount() {
    return inputs.size();
  }

  int outputCount() {
    return proto.getOutputCount();
  }

  /** True if an output after the first has a name. */
  boolean namesFurtherOutputs() {
    return proto.getOutputList().stream().skip(1).anyMatch(name -> !name.isEmpty());
  }

  /** Name of an output. */
  String output(int index) {
    return proto.getOutput(index);
  }

  /** True if input {@code index} is there: optional inputs may be missing or unnamed. */
  boolean has(int index) {
    return index < inputs.size() && inputs.get(index).isPresent();
  }

  /** The node in the file. */
  NodeProto proto() {
    return proto;
  }

  /** Inputs that were read as shapes, axes or indices. */
  Set<Integer> structural() {
    return structural;
  }

  /** Inputs that were read as one public number: a bound. */
  Set<Integer> bounds() {
    return bounds;
  }

  /** Inputs whose elements went into the result. */
  Set<Integer> valued() {
    return valued;
  }

  /** Input {@code index}, which must be there, to compute with. */
  Imported input(int index) {
    Imported imported = at(index);
    valued.add(index);
    return imported;
  }

  private Imported at(int index) {
    if (!has(index)) {
      throw new CorruptModelException("node '" + name() + "' has no input " + index);
    }
    return inputs.get(index).orElseThrow();
  }

  /** Shape of input {@code index}. */
  Shape shape(int index) {
    return GraphBuilder.shapeOf(at(index));
  }

  /** True if input {@code index} is a constant. */
  boolean isKnown(int index) {
    return has(index) && at(index) instanceof Imported.Known;
  }

  /** Input {@code index} as a constant to compute with; {@code what} names it in the error. */
  ConstantTensor known(int index, String what) {
    valued.add(index);
    return constant(index, what);
  }

  /**
   * Input {@code index} as a constant that becomes public: a shape, axes, or indices. Other
   * constants must be read with {@link #known}: what is used in both ways is refused.
   */
  ConstantTensor structure(int index, String what) {
    structural.add(index);
    return constant(index, what);
  }

  private ConstantTensor constant(int index, String what) {
    if (at(index) instanceof Imported.Known known) {
      return known.tensor();
    }
    throw new UnsupportedNodeException(what + " must be a constant, not computed from the input");
  }

  /** The only element of constant {@code index}; {@code what} names it in errors. */
  double scalar(int index, String what) {
    return only(known(index, what), what);
  }

  /**
   * The only element of constant {@code index}, a bound: public, as of {@link #structure}, but
   * where the program has it and the report names it alone.
   */
  double bound(int index, String what) {
    bounds.add(index);
    return only(constant(index, what), what);
  }

  private static double only(ConstantTensor tensor, String what) {
    if (tensor.count() != 1) {
      throw new IllegalArgumentException(
          what + " is one number, not a tensor of shape " + tensor.shape());
    }
    return tensor.real(0);
  }

  /**
   * Whole numbers that are an attribute in old operator sets and an input in new ones; public, as
   * of {@link #structure}.
   */
  Optional<int[]> integers(String attribute, int input) {
    if (attributes.has(attribute)) {
      return Optional.of(attributes.integers(attribute));
    }
    if (!has(input)) {
      return Optional.empty();
    }
    ConstantTensor tensor = structure(input, attribute);
    int[] values = new int[tensor.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.clamp(tensor.integer(i), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return Optional.of(values);
  }

  /** Input {@code index} as a secret; constants become secrets of the owner. */
  Imported.Secret secret(int index) {
    return builder().secret(name(), input(index));
  }

  /** {@code axis} counted from the first of {@code rank}. */
  int axis(int axis, int rank) {
    return position(axis, rank, rank - 1);
  }

  /** A place between axes, counted from the first of {@code rank}; {@code rank} is the end. */
  int split(int axis, int rank) {
    return position(axis, rank, rank);
  }

  private int position(int axis, int rank, int last) {
    int counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted > last) {
      throw new CorruptModelException(
          "node '%s': axis %d of a tensor with %d dimensions".formatted(name(), axis, rank));
    }
    return counted;
  }
}
