package io.maskwire.crypto.prg;

import java.nio.ByteBuffer;

/**
 * What an expansion is for. Every expansion has a label of its own; a sub-seed that is released
 * (the input's or an output's mask) expands that one wire and nothing else.
 *
 * @param purpose the kind of use
 * @param node wire, step or tensor that it belongs to
 * @param part distinguishes several expansions of one purpose and node
 */
public record Label(Purpose purpose, int node, int part) {

  /** Kinds of use. The numbers are part of the key format and never change. */
  public enum Purpose {
    /** From a session root: the seed of party {@code part}. */
    PARTY(1),
    /** From a session root: the public key of the node hash. */
    HASH_KEY(2),
    /** From a session root: the public session id. */
    SESSION_ID(3),
    /** From a party seed: its share of the mask of wire {@code node}. */
    WIRE_MASK(4),
    /** From a party seed: its share of the mask under which output {@code node} is published. */
    OUTPUT_MASK(5),
    /** From a party seed: party 0's share of secret {@code part} of step {@code node}. */
    SECRET_SHARE(6),
    /** From a party seed: secret bit {@code part} of step {@code node}. */
    SECRET_BIT(7),
    /** From a party seed: tree roots {@code part} of step {@code node}. */
    TREE_ROOT(8),
    /** From a version seed: its share of the mask of weight tensor {@code node}. */
    WEIGHT_MASK(9),
    /** From a version's root: the seed of party {@code part}. */
    VERSION(10);

    private final int number;

    Purpose(int number) {
      this.number = number;
    }
  }

  /** A label without parts. */
  public static Label of(Purpose purpose, int node) {
    return new Label(purpose, node, 0);
  }

  byte[] encoded() {
    return ByteBuffer.allocate(12).putInt(purpose.number).putInt(node).putInt(part).array();
  }
}
