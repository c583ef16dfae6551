package io.maskwire.compiler.importer;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.maskwire.compiler.onnx.ConstantTensor;
import io.maskwire.compiler.onnx.PublicConstants;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What constants are used as: followed from the nodes that compute with secrets back through those
 * that were computed while compiling. A constant that ends in a shape, axis, index or bound is
 * public, since the program shows it; one that ends in values is a parameter.
 */
final class ConstantUses {
  private enum Use {
    /** Public, and in the report: the program has it, the stripped model need not. */
    BOUND,
    /** A part of it is used, and what is not used is nobody's business. */
    PART,
    STRUCTURE,
    VALUE
  }

  private static final Set<Use> PUBLIC = EnumSet.of(Use.BOUND, Use.STRUCTURE);

  /** Operators whose result has only some of their first input's elements. */
  private static final Set<String> SELECTING = Set.of("Gather", "Slice", "Split");

  /**
   * A single whole number up to this is used in both ways without being refused: exporters share
   * the constants 0, 1 or 8 between axes and arithmetic. It is treated as a parameter.
   */
  private static final long LARGEST_SHARED = 64;

  private final List<ImportNode> nodes = new ArrayList<>();

  /** Notes a node that was imported, after those that it reads. */
  void add(ImportNode node) {
    nodes.add(node);
  }

  private Map<String, Set<Use>> uses(Map<String, Imported> names) {
    Map<String, Set<Use>> uses = new HashMap<>();
    for (ImportNode node : nodes.reversed()) {
      NodeProto proto = node.proto();
      Set<Use> ofResult = EnumSet.noneOf(Use.class);
      for (String output : proto.getOutputList()) {
        if (names.get(output) instanceof Imported.Known) {
          ofResult.addAll(uses.getOrDefault(output, Set.of()));
        } else if (!output.isEmpty()) {
          ofResult.add(Use.VALUE);
        }
      }
      node.valued().forEach(input -> add(uses, proto.getInput(input), ofResult));
      node.structural().forEach(input -> add(uses, proto.getInput(input), Set.of(Use.STRUCTURE)));
      node.bounds().forEach(input -> add(uses, proto.getInput(input), Set.of(Use.BOUND)));
      if (SELECTING.contains(node.operator()) && node.isKnown(0)) {
        add(uses, proto.getInput(0), Set.of(Use.PART));
      }
    }
    return uses;
  }

  private static void add(Map<String, Set<Use>> uses, String name, Set<Use> more) {
    uses.computeIfAbsent(name, _ -> EnumSet.noneOf(Use.class)).addAll(more);
  }

  /** What may be published of the constants among {@code names}. */
  PublicConstants publicConstants(Map<String, Imported> names) {
    Map<String, Set<Use>> uses = uses(names);
    Map<String, ConstantTensor.Integers> structure = new HashMap<>();
    Map<String, Shape> shapes = new HashMap<>();
    names.forEach(
        (name, imported) -> {
          if (!(imported instanceof Imported.Unknown)) {
            shapes.put(name, GraphBuilder.shapeOf(imported));
          }
          if (imported instanceof Imported.Known(ConstantTensor.Integers tensor)
              && uses.getOrDefault(name, Set.of()).equals(Set.of(Use.STRUCTURE))) {
            structure.put(name, tensor);
          }
        });
    Map<List<String>, Set<String>> attributes = new HashMap<>();
    for (ImportNode node : nodes) {
      attributes.put(List.copyOf(node.proto().getOutputList()), node.attributes().read());
    }
    return new PublicConstants(structure, shapes, attributes);
  }

  /** Constants of the file that the program would publish although they are parameters as well. */
  List<UnsupportedNode> contradictions(Map<String, Imported> names) {
    Set<String> computed = new HashSet<>();
    for (ImportNode node : nodes) {
      if (node.inputCount() > 0 && !node.operator().equals("ConstantOfShape")) {
        computed.addAll(node.proto().getOutputList());
      }
    }
    List<UnsupportedNode> found = new ArrayList<>();
    new TreeMap<>(uses(names))
        .forEach(
            (name, used) -> {
              if (used.contains(Use.VALUE)
                  && !Collections.disjoint(used, PUBLIC)
                  && !computed.contains(name)
                  && names.get(name) instanceof Imported.Known(ConstantTensor tensor)
                  && !isShareable(tensor)) {
                found.add(contradiction(name, tensor));
              }
            });
    return found;
  }

  /** A bound that is shared is named in the report, as all bounds are. */
  private static boolean isShareable(ConstantTensor tensor) {
    return tensor.count() == 1
        && (tensor instanceof ConstantTensor.Floats
            || Math.abs(tensor.integer(0)) <= LARGEST_SHARED);
  }

  private static UnsupportedNode contradiction(String name, ConstantTensor tensor) {
    return new UnsupportedNode(
        name,
        "constant",
        List.of(tensor.shape().toString()),
        "it is used as a shape, axis, index or bound, which are public, and as a parameter, which"
            + " is not; store it twice, under two names");
  }
}
