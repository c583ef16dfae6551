package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Graph;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.FloatTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lowers a graph, node by node. Which gates come out depends on the graph and on scales only, never
 * on ranges: wires have the same numbers under every {@link RangePolicy}.
 */
final class Lowering {
  /** The version of a program that has not been given one. */
  private static final String UNNAMED = "";

  private final Emitter emitter;
  private final LinearLowering linear;
  private final ComparisonLowering comparison;
  private final TournamentLowering tournament;
  private final SumLowering sums;
  private final Map<Integer, Operand> values = new HashMap<>();
  private final Map<Integer, FloatTensor> constants = new HashMap<>();

  Lowering(RangePolicy policy) {
    emitter = new Emitter(policy);
    linear = new LinearLowering(emitter);
    comparison = new ComparisonLowering(emitter);
    tournament = new TournamentLowering(emitter);
    sums = new SumLowering(emitter);
  }

  /**
   * The program of {@code graph}.
   *
   * @param bound magnitude of inputs, as a real
   */
  Lowered lower(Graph graph, Program.Reveal reveal, double bound) {
    List<Program.Input> inputs = new ArrayList<>();
    for (Graph.Input input : graph.inputs()) {
      inputs.add(lowerInput(input, bound));
    }
    for (Graph.Node node : graph.nodes()) {
      if (node.operator() instanceof Operator.Constant(FloatTensor tensor)) {
        constants.put(node.output().id(), tensor);
      } else {
        values.put(node.output().id(), lowerNode(node));
      }
    }
    List<Program.Output> outputs = new ArrayList<>();
    Set<Integer> published = new HashSet<>();
    for (Graph.Output output : graph.outputs()) {
      outputs.add(lowerOutput(output, published));
    }
    return narrow(graph.model(), reveal, inputs, outputs);
  }

  private Lowered narrow(
      String model,
      Program.Reveal reveal,
      List<Program.Input> inputs,
      List<Program.Output> outputs) {
    WeightTable weights = new WeightTable(emitter);
    WidthSolver solver = new WidthSolver(emitter.steps(), weights);
    List<Program.Step> steps = solver.solve(emitter.outputBits());
    Program program =
        new Program(
            model,
            UNNAMED,
            reveal,
            inputs.stream().map(solver::narrow).toList(),
            weights.tensors(),
            steps,
            outputs.stream().map(solver::narrow).toList());
    return new Lowered(program, weights.values(), emitter.decisions());
  }

  private Program.Input lowerInput(Graph.Input input, double bound) {
    long encoded = (long) Math.floor(Math.scalb(bound, emitter.scale()) + 0.5);
    Wire.Masked wire = emitter.masked(input.value().shape().elements());
    Range range = Range.proven(-encoded, encoded);
    double typical = Math.max(1, bound / 8);
    values.put(
        input.value().id(), new Operand(input.name(), wire, emitter.scale(), 1, range, typical));
    return new Program.Input(input.name(), input.value().shape(), emitter.scale(), encoded, wire);
  }

  private Operand value(Graph.Value value) {
    return value(value, emitter.scale());
  }

  /** A value, or a constant of the owner at {@code scale}. */
  private Operand value(Graph.Value value, int scale) {
    FloatTensor constant = constants.get(value.id());
    if (constant == null) {
      Operand operand = values.get(value.id());
      if (operand == null) {
        throw new IllegalStateException("value " + value.id() + " was not lowered");
      }
      return operand;
    }
    String name = "constant" + value.id();
    int weight = emitter.addWeight(name, constant, 1, scale);
    Wire.Masked wire = emitter.masked(constant.values().length);
    emitter.add(name, new Gate.Constant(weight, wire));
    Range range = Range.proven(0, 0);
    for (long element : emitter.weightValues().get(weight).values()) {
      range = range.join(Range.proven(element, element));
    }
    return new Operand(name, wire, scale, 1, range, 1);
  }

  private Operand lowerNode(Graph.Node node) {
    String name = node.name();
    return switch (node.operator()) {
      case Operator.ArgMax(IndexMap windows) ->
          tournament.argMax(name, windows, value(node.inputs().getFirst()));
      case Operator.Constant _ -> throw new IllegalStateException("constants are lowered on use");
      case Operator.Gather(IndexMap map) -> gather(node, map);
      case Operator.Linear layer -> linear.linear(name, layer, value(node.inputs().getFirst()));
      case Operator.Maximum(IndexMap windows) ->
          tournament.maximum(name, windows, aligned(node.inputs()));
      case Operator.Multiply _ ->
          linear.multiply(name, value(node.inputs().getFirst()), value(node.inputs().getLast()));
      case Operator.ParametricRelu operator ->
          linear.parametricRelu(name, operator, value(node.inputs().getFirst()));
      case Operator.PiecewiseLinear function ->
          comparison.piecewise(name, function, value(node.inputs().getFirst()));
      case Operator.Relu _ -> comparison.relu(name, value(node.inputs().getFirst()));
      case Operator.Scale(double factor) -> scaled(value(node.inputs().getFirst()), factor);
      case Operator.Sum(List<Integer> signs) -> sums.sum(name, summands(node.inputs()), signs);
    };
  }

  /** Powers of two move the point; other factors wait for the next layer. */
  private static Operand scaled(Operand x, double factor) {
    int exponent = Math.getExponent(factor);
    if (factor == Math.scalb(1.0, exponent) && exponent <= 0) {
      return new Operand(
          x.node(), x.wire(), x.scale() - exponent, x.gain(), x.range(), x.typical());
    }
    return new Operand(x.node(), x.wire(), x.scale(), x.gain() * factor, x.range(), x.typical());
  }

  /** Constants take the scale of the other summands. */
  private List<Operand> summands(List<Graph.Value> inputs) {
    int scale = emitter.scale();
    for (Graph.Value input : inputs) {
      if (!constants.containsKey(input.id())) {
        scale = Math.max(scale, emitter.settle(value(input)).scale());
      }
    }
    int common = scale;
    return inputs.stream().map(input -> value(input, common)).toList();
  }

  /** Operands of one scale and no gain of their own, or a single one as it is. */
  private List<Operand> aligned(List<Graph.Value> inputs) {
    if (inputs.size() == 1) {
      return List.of(value(inputs.getFirst()));
    }
    List<Operand> operands = inputs.stream().map(this::value).map(emitter::settle).toList();
    boolean equal = operands.stream().allMatch(x -> x.scale() == operands.getFirst().scale());
    return equal ? operands : operands.stream().map(emitter::truncate).toList();
  }

  private Operand gather(Graph.Node node, IndexMap map) {
    List<Operand> operands = aligned(node.inputs());
    if (operands.size() == 1 && map.outputCount() > operands.getFirst().count()) {
      Operand source = linear.factor(operands.getFirst());
      operands = List.of(source.with(emitter.open(source), source.range()));
    }
    List<Operand> sources = sameKind(operands);
    Operand first = sources.getFirst();
    Wire output = emitter.like(first.wire(), map.outputCount());
    emitter.add(
        node.name(), new Gate.Gather(sources.stream().map(Operand::wire).toList(), map, output));
    Range interval = sources.stream().map(Operand::range).reduce(Range::join).orElseThrow();
    double typical = sources.stream().mapToDouble(Operand::typical).max().orElse(1);
    Range range = emitter.refine(output, first.scale(), summed(interval, map));
    return new Operand(
        node.name(), output, first.scale(), first.gain(), range, typical * Math.sqrt(map.terms()));
  }

  /** All masked if one is, else all shared: a wire that is open already is not opened again. */
  private List<Operand> sameKind(List<Operand> operands) {
    List<Operand> preferred = operands.stream().map(emitter::preferMasked).toList();
    if (preferred.stream().noneMatch(x -> x.wire() instanceof Wire.Masked)) {
      return preferred;
    }
    return preferred.stream().map(x -> x.with(emitter.open(x), x.range())).toList();
  }

  private static Range summed(Range range, IndexMap map) {
    int least = map.terms();
    int most = 0;
    for (int start = 0; start < map.indices().length; start += map.terms()) {
      int count = 0;
      for (int i = start; i < start + map.terms(); i++) {
        count += map.indices()[i] == IndexMap.NOTHING ? 0 : 1;
      }
      least = Math.min(least, count);
      most = Math.max(most, count);
    }
    return most == 0 ? Range.proven(0, 0) : range.times(least).join(range.times(most));
  }

  private Program.Output lowerOutput(Graph.Output output, Set<Integer> published) {
    Operand source = emitter.settle(value(output.value()));
    Operand result = source.scale() > emitter.scale() ? emitter.truncate(source) : source;
    Wire.Shared wire;
    if (result.wire() instanceof Wire.Shared shared && published.add(shared.id())) {
      wire = shared;
    } else {
      wire = emitter.shared(result.count());
      emitter.add(
          output.name(),
          new Gate.Combine(List.of(new Gate.Combine.Term(result.wire(), 1)), 0, wire));
      published.add(wire.id());
    }
    emitter.publish(output.name(), wire, result.range());
    return new Program.Output(
        output.name(), output.shape(), result.scale(), output.finish(), output.axis(), wire);
  }
}
