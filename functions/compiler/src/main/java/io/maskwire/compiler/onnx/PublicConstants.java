package io.maskwire.compiler.onnx;

import io.maskwire.crypto.ring.Shape;
import java.util.Map;

/**
 * What the importer knows of a model's names, as far as it is public.
 *
 * @param structure constants that were used as shapes, axes and indices and as nothing else
 * @param shapes of all tensors, parameters included
 */
public record PublicConstants(
    Map<String, ConstantTensor.Integers> structure, Map<String, Shape> shapes) {
  public PublicConstants {
    structure = Map.copyOf(structure);
    shapes = Map.copyOf(shapes);
  }
}
