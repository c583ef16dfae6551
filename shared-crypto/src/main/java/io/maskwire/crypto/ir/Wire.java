package io.maskwire.crypto.ir;

import io.maskwire.crypto.ring.BitWidth;

/** A vector of ring elements that both parties hold in one of two forms. */
public sealed interface Wire {
  /** Number that no other wire of the program has. */
  int id();

  /** Number of elements, at least 1. */
  int count();

  /** Bits of an element that mean anything. */
  BitWidth width();

  /**
   * Both parties know the value plus a mask; each knows its additive share of the mask.
   *
   * @param id unique in the program
   * @param count elements
   * @param width ring
   */
  record Masked(int id, int count, BitWidth width) implements Wire {
    public Masked {
      check(id, count);
    }
  }

  /**
   * Each party knows an additive share of the value.
   *
   * @param id unique in the program
   * @param count elements
   * @param width ring
   */
  record Shared(int id, int count, BitWidth width) implements Wire {
    public Shared {
      check(id, count);
    }
  }

  private static void check(int id, int count) {
    if (id < 0 || count < 1) {
      throw new IllegalArgumentException(
          "a wire needs an id and at least one element, not id " + id + ", count " + count);
    }
  }
}
