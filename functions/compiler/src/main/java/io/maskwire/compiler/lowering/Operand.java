package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Wire;

/**
 * A graph value while it is lowered: real = gain * integer / 2^scale. A scale above that of
 * activations means that a truncation is still due; a gain other than 1 that a division is.
 *
 * @param node where it comes from
 * @param wire its elements
 * @param scale fractional bits
 * @param gain public factor not yet applied
 * @param range of the integers
 * @param typical magnitude of usual elements, as reals without the gain, at least 1
 */
record Operand(String node, Wire wire, int scale, double gain, Range range, double typical) {

  Operand with(Wire other, Range otherRange) {
    return new Operand(node, other, scale, gain, otherRange, typical);
  }

  int count() {
    return wire.count();
  }
}
