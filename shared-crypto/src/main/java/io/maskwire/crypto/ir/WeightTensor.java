package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.BitWidth;

/**
 * A tensor of the owner, masked once per model version. Its values are elsewhere.
 *
 * @param name initializer or node that it comes from
 * @param count elements
 * @param width product width N of the layer that uses it
 * @param scale fractional bits
 */
public record WeightTensor(String name, int count, BitWidth width, int scale) {
  public WeightTensor {
    if (count < 1) {
      throw new IllegalArgumentException("weight tensor '" + name + "' is empty");
    }
  }
}
