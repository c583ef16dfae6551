package io.maskwire.compiler.onnx;

import io.maskwire.crypto.ring.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the importer used of a model, as far as it is public.
 *
 * @param structure constants that were used as shapes, axes and indices and as nothing else
 * @param shapes of all tensors, parameters included
 * @param attributes that were read of a node, by the node's outputs
 */
public record PublicConstants(
    Map<String, ConstantTensor.Integers> structure,
    Map<String, Shape> shapes,
    Map<List<String>, Set<String>> attributes) {
  public PublicConstants {
    structure = Map.copyOf(structure);
    shapes = Map.copyOf(shapes);
    attributes = Map.copyOf(attributes);
  }
}
