package io.maskwire.cli.check;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.TensorFile;
import io.maskwire.input.UnsupportedInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A case's model beside a data set: which tensor is which input, with the shapes that it has.
 *
 * @param model with the dimensions that it leaves open taken from the data
 * @param inputs in the model's order
 */
record CaseModel(OnnxModel model, List<TensorFile> inputs) {
  CaseModel {
    inputs = List.copyOf(inputs);
  }

  /**
   * Fits {@code data} to {@code model}.
   *
   * @throws CaseException if it does not fit
   * @throws UnsupportedInputException if it replaces a value that the model fixes
   */
  static CaseModel of(OnnxModel model, CaseData data) {
    List<ValueInfoProto> declared = declared(model.proto().getGraph());
    List<TensorFile> inputs = inOrder(model.proto().getGraph(), declared, data);
    GraphProto.Builder graph = model.proto().getGraph().toBuilder();
    for (int i = 0; i < declared.size(); i++) {
      requireType(declared.get(i), inputs.get(i));
      pin(graph, declared.get(i), inputs.get(i).tensor().shape());
    }
    ModelProto proto = model.proto().toBuilder().setGraph(graph).build();
    return new CaseModel(new OnnxModel(model.name(), proto, model.folder(), model.opset()), inputs);
  }

  /** The outputs that the model declares. */
  List<ValueInfoProto> outputs() {
    return model.proto().getGraph().getOutputList();
  }

  private static List<ValueInfoProto> declared(GraphProto graph) {
    Set<String> initializers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return graph.getInputList().stream()
        .filter(input -> !initializers.contains(input.getName()))
        .toList();
  }

  /** Files follow the model's inputs; where they have names, names decide. */
  private static List<TensorFile> inOrder(
      GraphProto graph, List<ValueInfoProto> declared, CaseData data) {
    List<String> names = declared.stream().map(ValueInfoProto::getName).toList();
    List<String> all = graph.getInputList().stream().map(ValueInfoProto::getName).toList();
    List<TensorFile> given = data.inputs();
    if (given.size() > names.size() && given.size() <= all.size()) {
      throw new UnsupportedInputException(
          data.folder().toString(),
          "has %d inputs, of which some replace values that the model fixes; it leaves %s open"
              .formatted(given.size(), names));
    }
    if (given.size() != names.size()) {
      throw new CaseException(
          "not compared: %s has %d inputs, the model takes %s"
              .formatted(data.folder().getFileName(), given.size(), names));
    }
    List<TensorFile> ordered = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      TensorFile here = given.get(i);
      ordered.add(
          here.name().isEmpty() || here.name().equals(name)
              ? here
              : given.stream()
                  .filter(each -> each.name().equals(name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new CaseException(
                              "input '%s' of the model is '%s' in the data"
                                  .formatted(name, here.name()))));
    }
    return ordered;
  }

  private static void requireType(ValueInfoProto declared, TensorFile given) {
    String type = typeOf(declared);
    if (!type.equals(given.type())) {
      throw new CaseException(
          "input '%s' is %s in the model, %s in the data"
              .formatted(declared.getName(), type, given.type()));
    }
  }

  /** The type of a value's elements in ONNX's words. */
  static String typeOf(ValueInfoProto value) {
    return String.valueOf(
        TensorProto.DataType.forNumber(value.getType().getTensorType().getElemType()));
  }

  /** Whether {@code name} is an input with a dimension that the model leaves open. */
  static boolean isOpenInput(OnnxModel model, String name) {
    return model.proto().getGraph().getInputList().stream()
        .filter(input -> input.getName().equals(name))
        .flatMap(input -> input.getType().getTensorType().getShape().getDimList().stream())
        .anyMatch(side -> side.getDimValue() <= 0);
  }

  private static void pin(GraphProto.Builder graph, ValueInfoProto declared, Shape shape) {
    if (!admits(declared, shape)) {
      throw new CaseException(
          "input '%s' has shape %s in the data, the model takes %s"
              .formatted(declared.getName(), shape, describe(declared)));
    }
    TensorShapeProto.Builder pinned = TensorShapeProto.newBuilder();
    for (int side : shape.toArray()) {
      pinned.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
    }
    for (int i = 0; i < graph.getInputCount(); i++) {
      if (graph.getInput(i).getName().equals(declared.getName())) {
        graph.getInputBuilder(i).getTypeBuilder().getTensorTypeBuilder().setShape(pinned);
      }
    }
  }

  /** Whether {@code shape} is one that {@code declared} says or leaves open. */
  static boolean admits(ValueInfoProto declared, Shape shape) {
    if (!declared.getType().getTensorType().hasShape()) {
      return true;
    }
    List<TensorShapeProto.Dimension> sides =
        declared.getType().getTensorType().getShape().getDimList();
    if (sides.size() != shape.rank()) {
      return false;
    }
    for (int i = 0; i < sides.size(); i++) {
      long side = sides.get(i).getDimValue();
      if (side > 0 && side != shape.dimension(i)) {
        return false;
      }
    }
    return true;
  }

  /** The declared shape, with names or question marks where it is open. */
  static String describe(ValueInfoProto declared) {
    return declared.getType().getTensorType().getShape().getDimList().stream()
        .map(
            side ->
                side.getDimValue() > 0
                    ? Long.toString(side.getDimValue())
                    : side.getDimParam().isEmpty() ? "?" : side.getDimParam())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
