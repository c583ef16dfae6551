package io.maskwire.tests;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small models that no data folder has. */
public final class TestModels {
  private TestModels() {}

  /** A chain of {@code operators} on four numbers, each node named after its operator. */
  public static Path chain(Path file, String... operators) throws IOException {
    OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("chain");
    graph.addInput(tensor("x"));
    String last = "x";
    for (String operator : operators) {
      String next = "after_" + operator;
      graph.addNode(
          OnnxMl.NodeProto.newBuilder()
              .setName("the_" + operator)
              .setOpType(operator)
              .addInput(last)
              .addOutput(next));
      last = next;
    }
    graph.addOutput(output(last));
    OnnxMl.ModelProto model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build();
    return Files.write(file, model.toByteArray());
  }

  /** Of whatever shape; an ArgMax gives whole numbers. */
  private static OnnxMl.ValueInfoProto output(String name) {
    OnnxMl.ValueInfoProto.Builder output = tensor(name).toBuilder();
    OnnxMl.TypeProto.Tensor.Builder type = output.getTypeBuilder().getTensorTypeBuilder();
    type.clearShape();
    if (name.equals("after_ArgMax")) {
      type.setElemType(OnnxMl.TensorProto.DataType.INT64_VALUE);
    }
    return output.build();
  }

  private static OnnxMl.ValueInfoProto tensor(String name) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (int side : new int[] {1, 4}) {
      shape.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(side));
    }
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
