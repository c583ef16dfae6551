package io.maskwire.crypto.wire;

import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import java.util.HashMap;
import java.util.Map;

/** Wires by number while a program is read: defined once, then referred to. */
final class WireTable {
  /** Of all wires: a plan of such a program's keys takes some 100 MB, the keys terabytes. */
  private static final long MOST_ELEMENTS = 1L << 32;

  private final Map<Integer, Wire> wires = new HashMap<>();
  private final ByteReader reader;
  private long elements;

  WireTable(ByteReader reader) {
    this.reader = reader;
  }

  <W extends Wire> W define(W wire) {
    if (wires.putIfAbsent(wire.id(), wire) != null) {
      throw reader.malformed("wire " + wire.id() + " is defined twice");
    }
    elements += wire.count();
    if (elements > MOST_ELEMENTS) {
      throw reader.malformed(
          "its wires have more than %d elements together".formatted(MOST_ELEMENTS));
    }
    return wire;
  }

  Wire wire(int id) {
    Wire wire = wires.get(id);
    if (wire == null) {
      throw reader.malformed("wire " + id + " is not defined");
    }
    return wire;
  }

  Wire.Masked masked(int id) {
    if (wire(id) instanceof Wire.Masked masked) {
      return masked;
    }
    throw reader.malformed("wire " + id + " is not masked");
  }

  Wire.Shared shared(int id) {
    if (wire(id) instanceof Wire.Shared shared) {
      return shared;
    }
    throw reader.malformed("wire " + id + " is not shared");
  }

  /** The next wire that the bytes refer to. */
  Wire getWire() {
    return wire(reader.getCount(0, Integer.MAX_VALUE));
  }

  /** The next wire, which must be masked. */
  Wire.Masked getMasked() {
    return masked(reader.getCount(0, Integer.MAX_VALUE));
  }

  /** The next wire, which must be shared. */
  Wire.Shared getShared() {
    return shared(reader.getCount(0, Integer.MAX_VALUE));
  }

  /** Defines the masked wire that the bytes describe. */
  Wire.Masked defineMasked() {
    int id = reader.getCount(0, Integer.MAX_VALUE);
    int count = reader.getCount(1, Integer.MAX_VALUE - 64);
    return define(new Wire.Masked(id, count, BitWidth.of(reader.getByte())));
  }

  /** Defines the shared wire that the bytes describe. */
  Wire.Shared defineShared() {
    int id = reader.getCount(0, Integer.MAX_VALUE);
    int count = reader.getCount(1, Integer.MAX_VALUE - 64);
    return define(new Wire.Shared(id, count, BitWidth.of(reader.getByte())));
  }

  /** Defines a wire of either kind. */
  Wire defineEither() {
    int kind = reader.getByte();
    return switch (kind) {
      case 0 -> defineMasked();
      case 1 -> defineShared();
      default -> throw reader.malformed("no kind of wire " + kind);
    };
  }
}
