package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.BitWidth;

/** Wires with few words. */
final class Wires {
  private Wires() {}

  static Wire.Masked masked(int id, int count, int bits) {
    return new Wire.Masked(id, count, BitWidth.of(bits));
  }

  static Wire.Shared shared(int id, int count, int bits) {
    return new Wire.Shared(id, count, BitWidth.of(bits));
  }
}
