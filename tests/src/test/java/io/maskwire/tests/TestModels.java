package io.maskwire.tests;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

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
    return write(file, graph);
  }

  private static Path write(Path file, OnnxMl.GraphProto.Builder graph) throws IOException {
    OnnxMl.ModelProto model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build();
    return Files.write(file, model.toByteArray());
  }

  /** Layers of four units with weights of their own, and a ReLU between each two. */
  public static Path perceptron(Path file, int layers) throws IOException {
    Random random = new Random(layers);
    OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("perceptron");
    graph.addInput(tensor("x"));
    String last = "x";
    for (int layer = 1; layer <= layers; layer++) {
      String weights = "weights" + layer;
      graph.addInitializer(weights(weights, random));
      last = node(graph, "MatMul", "sum" + layer, last, weights);
      if (layer < layers) {
        last = node(graph, "Relu", "units" + layer, last);
      }
    }
    graph.addOutput(output(last));
    return write(file, graph);
  }

  private static String node(
      OnnxMl.GraphProto.Builder graph, String operator, String output, String... inputs) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setName(output)
            .setOpType(operator)
            .addAllInput(List.of(inputs))
            .addOutput(output));
    return output;
  }

  private static OnnxMl.TensorProto weights(String name, Random random) {
    OnnxMl.TensorProto.Builder weights =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
            .addDims(4)
            .addDims(4);
    for (int i = 0; i < 16; i++) {
      weights.addFloatData((float) random.nextGaussian());
    }
    return weights.build();
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
