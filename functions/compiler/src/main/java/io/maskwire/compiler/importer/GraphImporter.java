package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.compiler.onnx.LiveNodes;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.compiler.onnx.PublicConstants;
import io.maskwire.compiler.onnx.TensorReader;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports a model node by node. A node that is not supported is noted and, where its result's shape
 * is known, the import goes on, so that one run names all of them.
 */
public final class GraphImporter {
  private static final Map<String, Rule> RULES = new HashMap<>();

  static {
    List.of(
            ActivationRules.RULES,
            ArithmeticRules.RULES,
            ConstantRules.RULES,
            ConvolutionRules.RULES,
            MatrixRules.RULES,
            PoolingRules.RULES,
            ReductionRules.RULES,
            SlicingRules.RULES,
            StructuralRules.RULES)
        .forEach(RULES::putAll);
  }

  private final OnnxModel model;
  private final Map<String, Imported> names = new HashMap<>();
  private final List<UnsupportedNode> unsupported = new ArrayList<>();
  private final ImportContext context;
  private final LiveNodes live;
  private final ConstantUses uses = new ConstantUses();

  private GraphImporter(OnnxModel model, Program.Reveal reveal) {
    this.model = model;
    this.live = LiveNodes.of(model.proto().getGraph());
    this.context =
        new ImportContext(
            model.opset(),
            new TensorReader(model),
            new GraphBuilder(),
            reveal == Program.Reveal.USER ? finishable() : Set.of());
  }

  /**
   * What came of a model.
   *
   * @param graph the model, if all of it is supported
   * @param unsupported nodes that are not
   * @param constants what may be published of the constants, if all of the model is supported
   */
  public record Result(
      Optional<Graph> graph, List<UnsupportedNode> unsupported, PublicConstants constants) {
    public Result {
      unsupported = List.copyOf(unsupported);
    }
  }

  /**
   * Imports a model for outputs that are revealed to {@code reveal}.
   *
   * @throws CorruptModelException if nodes contradict each other or the standard
   */
  public static Result run(OnnxModel model, Program.Reveal reveal) {
    GraphImporter importer = new GraphImporter(model, reveal);
    importer.readInputs();
    importer.importNodes();
    List<Graph.Output> outputs = importer.outputs();
    if (importer.unsupported.isEmpty()) {
      importer.unsupported.addAll(importer.uses.contradictions(importer.names));
    }
    Optional<Graph> graph = Optional.empty();
    if (importer.unsupported.isEmpty()) {
      GraphBuilder builder = importer.context.builder();
      graph = Optional.of(new Graph(model.name(), builder.inputs(), builder.nodes(), outputs));
    }
    return new Result(graph, importer.unsupported, importer.uses.publicConstants(importer.names));
  }

  /** Operators that have a rule. */
  static Set<String> operators() {
    return RULES.keySet();
  }

  /** The name of a node in messages and reports. */
  public static String nameOf(NodeProto node) {
    return ImportNode.nameOf(node);
  }

  private Set<String> finishable() {
    Set<String> finishable = new HashSet<>();
    model.proto().getGraph().getOutputList().forEach(output -> finishable.add(output.getName()));
    live.nodes().forEach(node -> node.getInputList().forEach(finishable::remove));
    return finishable;
  }

  private void readInputs() {
    GraphProto graph = model.proto().getGraph();
    InputImporter inputs = new InputImporter(context, live, unsupported);
    for (TensorProto tensor : graph.getInitializerList()) {
      name(tensor.getName(), inputs.constant(tensor));
    }
    for (SparseTensorProto tensor : graph.getSparseInitializerList()) {
      name(tensor.getValues().getName(), inputs.sparse(tensor));
    }
    for (ValueInfoProto input : graph.getInputList()) {
      if (!names.containsKey(input.getName())) {
        names.put(input.getName(), inputs.input(input));
      }
    }
  }

  private void importNodes() {
    List<NodeProto> nodes = model.proto().getGraph().getNodeList();
    for (int place = 0; place < nodes.size(); place++) {
      NodeProto node = nodes.get(place);
      if (live.isLive(place)) {
        importNode(node);
      } else {
        node.getInputList().forEach(name -> resolve(node, name));
        define(node, List.of());
      }
    }
  }

  private void importNode(NodeProto proto) {
    List<Optional<Imported>> inputs = new ArrayList<>();
    boolean known = true;
    for (String name : proto.getInputList()) {
      Optional<Imported> input = resolve(proto, name);
      known &= input.map(imported -> !(imported instanceof Imported.Unknown)).orElse(true);
      inputs.add(input);
    }
    if (!proto.getDomain().isEmpty() && !proto.getDomain().equals("ai.onnx")) {
      refuse(proto, inputs, "operators of '%s' are not supported".formatted(proto.getDomain()));
      return;
    }
    if (model.opset() == OnnxModel.NO_OPSET) {
      refuse(proto, inputs, "the model names no version of the default operator set");
      return;
    }
    Rule rule = RULES.get(proto.getOpType());
    if (rule == null) {
      refuse(proto, inputs, "this operator is not supported yet");
      return;
    }
    if (!known) {
      define(proto, List.of());
      return;
    }
    try {
      ImportNode node = new ImportNode(proto, context, inputs);
      List<Imported> results = rule.apply(node);
      requireComputed(proto, results.size());
      define(proto, results);
      uses.add(node);
    } catch (UnsupportedNodeException e) {
      refuse(proto, inputs, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | java.util.NoSuchElementException e) {
      throw new CorruptModelException(
          "node '%s' (%s): %s"
              .formatted(ImportNode.nameOf(proto), proto.getOpType(), e.getMessage()),
          e);
    }
  }

  /** What a rule does not compute may be named, but nobody may read it. */
  private void requireComputed(NodeProto proto, int computed) {
    for (int i = computed; i < proto.getOutputCount(); i++) {
      if (live.isRead(proto.getOutput(i))) {
        throw new UnsupportedNodeException(
            "its output number %d, '%s', is not supported".formatted(i + 1, proto.getOutput(i)));
      }
    }
  }

  private Optional<Imported> resolve(NodeProto node, String name) {
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Imported imported = names.get(name);
    if (imported == null) {
      throw new CorruptModelException(
          "node '%s' reads '%s', which nothing before it defines"
              .formatted(ImportNode.nameOf(node), name));
    }
    return Optional.of(imported);
  }

  private void define(NodeProto proto, List<Imported> results) {
    for (int i = 0; i < proto.getOutputCount(); i++) {
      String name = proto.getOutput(i);
      if (!name.isEmpty()) {
        name(name, i < results.size() ? results.get(i) : new Imported.Unknown());
      }
    }
  }

  /** Each name has one meaning: which of two a reader would see is nobody's guess. */
  private void name(String name, Imported value) {
    if (names.put(name, value) != null) {
      throw new CorruptModelException("'" + name + "' is defined twice");
    }
  }

  /** Notes the node; a result of known shape stands in for it, so that its readers are checked. */
  private void refuse(NodeProto proto, List<Optional<Imported>> inputs, String hint) {
    List<String> shapes = new ArrayList<>();
    for (Optional<Imported> input : inputs) {
      shapes.add(
          input
              .filter(imported -> !(imported instanceof Imported.Unknown))
              .map(imported -> GraphBuilder.shapeOf(imported).toString())
              .orElse("[?]"));
    }
    unsupported.add(new UnsupportedNode(ImportNode.nameOf(proto), proto.getOpType(), shapes, hint));
    List<Imported> standIns = new ArrayList<>();
    for (String output : proto.getOutputList()) {
      Optional<Shape> shape =
          StandInShape.of(model.proto().getGraph(), output)
              .or(
                  () ->
                      inputs.isEmpty()
                          ? Optional.empty()
                          : StandInShape.elementwise(proto.getOpType(), inputs.getFirst()));
      standIns.add(
          shape
              .<Imported>map(known -> context.builder().addInput(output, known))
              .orElseGet(Imported.Unknown::new));
    }
    define(proto, standIns);
  }

  /** An output that is missing has a cause in the list: a program without it means nothing. */
  private void requireCause(String output) {
    if (unsupported.isEmpty()) {
      throw new IllegalStateException("output '" + output + "' was lost");
    }
  }

  private List<Graph.Output> outputs() {
    List<Graph.Output> outputs = new ArrayList<>();
    for (ValueInfoProto proto : model.proto().getGraph().getOutputList()) {
      String name = proto.getName();
      Imported imported = names.get(name);
      switch (imported) {
        case null -> throw new CorruptModelException("output '" + name + "' is defined by no node");
        case Imported.Secret(Graph.Value value, Shape shape) ->
            outputs.add(new Graph.Output(name, value, shape, Program.Finish.NONE, 0));
        case Imported.Finished(Imported.Secret secret, Program.Finish finish, int axis) ->
            outputs.add(new Graph.Output(name, secret.value(), secret.shape(), finish, axis));
        case Imported.Known(ConstantTensor tensor) ->
            unsupported.add(
                new UnsupportedNode(
                    name,
                    "output",
                    List.of(tensor.shape().toString()),
                    "it does not depend on the input"));
        case Imported.Unknown _ -> requireCause(name);
      }
    }
    return outputs;
  }
}
