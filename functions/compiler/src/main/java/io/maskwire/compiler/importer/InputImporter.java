package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.compiler.onnx.LiveNodes;
import io.maskwire.compiler.onnx.TensorReader;
import java.util.List;

/** Imports what a graph starts from: its parameters and what the user supplies. */
final class InputImporter {
  private final ImportContext context;
  private final LiveNodes live;
  private final List<UnsupportedNode> unsupported;

  /**
   * @param unsupported collects what is refused
   */
  InputImporter(ImportContext context, LiveNodes live, List<UnsupportedNode> unsupported) {
    this.context = context;
    this.live = live;
    this.unsupported = unsupported;
  }

  Imported constant(TensorProto tensor) {
    if (TensorReader.isReadable(tensor)) {
      // One that nobody reads is read too: a damaged file is damaged wherever it is.
      return new Imported.Known(context.tensors().read(tensor));
    }
    return unsupportedConstant(
        tensor.getName(),
        tensor.getDimsList(),
        "its elements are %s".formatted(TensorProto.DataType.forNumber(tensor.getDataType())));
  }

  Imported sparse(SparseTensorProto tensor) {
    return unsupportedConstant(
        tensor.getValues().getName(), tensor.getDimsList(), "a sparse tensor");
  }

  private Imported unsupportedConstant(String name, List<Long> dimensions, String what) {
    if (live.isRead(name)) {
      unsupported.add(
          new UnsupportedNode(
              name,
              "initializer",
              List.of(dimensions.toString()),
              what + "; dense tensors of real or whole numbers are supported"));
    }
    return new Imported.Unknown();
  }

  Imported input(ValueInfoProto input) {
    int type = input.getType().getTensorType().getElemType();
    boolean real =
        switch (type) {
          case TensorProto.DataType.FLOAT_VALUE,
              TensorProto.DataType.DOUBLE_VALUE,
              TensorProto.DataType.FLOAT16_VALUE,
              TensorProto.DataType.BFLOAT16_VALUE ->
              true;
          default -> false;
        };
    if (!real) {
      return unsupportedInput(
          input.getName(),
          "its elements are %s; real numbers are supported"
              .formatted(TensorProto.DataType.forNumber(type)));
    }
    try {
      return context.builder().addInput(input.getName(), InputShape.of(input));
    } catch (UnsupportedNodeException e) {
      return unsupportedInput(input.getName(), String.valueOf(e.getMessage()));
    }
  }

  private Imported unsupportedInput(String name, String hint) {
    unsupported.add(new UnsupportedNode(name, "input", List.of(), hint));
    return new Imported.Unknown();
  }
}
