package io.maskwire.crypto.wire;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.LookupTable;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Convolution;
import io.maskwire.crypto.ring.Dense;
import io.maskwire.crypto.ring.LinearMap;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Scaling;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Gates as a tag and their fields, inputs by number, outputs in full. */
final class GateCodec {
  private static final int MOST_ITEMS = 1 << 16;

  /** Of pieces and payloads, which multiply the key material of a slice. */
  private static final int MOST_PARTS = 1 << 10;

  private GateCodec() {}

  static void encode(Gate gate, ByteWriter to) {
    switch (gate) {
      case Gate.Combine g -> {
        to.putByte(1).putVarint(g.constant()).putVarint(g.terms().size());
        for (Gate.Combine.Term term : g.terms()) {
          to.putVarint(term.wire().id()).putVarint(term.coefficient());
        }
        putEither(to, g.output());
      }
      case Gate.Constant g -> put(to.putByte(2).putVarint(g.weight()), g.output());
      case Gate.Gather g -> {
        to.putByte(3).putVarint(g.sources().size());
        g.sources().forEach(source -> to.putVarint(source.id()));
        putEither(to, g.output());
        putIndices(to, g.map());
      }
      case Gate.Linear g -> {
        to.putByte(4).putVarint(g.input().id()).putVarint(g.weight());
        putMap(to, g.map());
        to.putByte(g.bias().isPresent() ? 1 : 0);
        g.bias().ifPresent(bias -> to.putVarint(bias.weight()).putVarint(bias.inner()));
        put(to, g.output());
      }
      case Gate.Multiply g ->
          put(to.putByte(5).putVarint(g.left().id()).putVarint(g.right().id()), g.output());
      case Gate.Open g -> put(to.putByte(6).putVarint(g.input().id()), g.output());
      case Gate.PiecewiseLinear g -> {
        to.putByte(7).putVarint(g.input().id()).putByte(g.compareWidth().bits());
        to.putVarint(g.pieces().size());
        g.pieces().forEach(piece -> to.putVarint(piece.slope()).putVarint(piece.threshold()));
        put(to, g.output());
      }
      case Gate.ReluTruncate g -> {
        to.putByte(8).putVarint(g.input().id());
        putTruncation(to, g.truncation());
        put(to, g.output());
      }
      case Gate.Select g -> {
        to.putByte(9).putVarint(g.condition().id()).putByte(g.compareWidth().bits());
        to.putVarint(g.payloads().size());
        g.payloads().forEach(payload -> to.putVarint(payload.id()));
        g.results().forEach(result -> put(to, result));
      }
      case Gate.Table g -> {
        to.putByte(10).putVarint(g.input().id()).putVarint(g.table().entries().length);
        Arrays.stream(g.table().entries()).forEach(to::putVarint);
        put(to, g.output());
      }
      case Gate.Truncate g -> {
        to.putByte(11).putVarint(g.input().id());
        putTruncation(to, g.truncation());
        to.putByte(g.carry() == Gate.Carry.OPENED ? 0 : 1);
        put(to, g.output());
      }
    }
  }

  static Gate decode(ByteReader from, WireTable wires) {
    int tag = from.getByte();
    return switch (tag) {
      case 1 -> decodeCombine(from, wires);
      case 2 -> new Gate.Constant(count(from), wires.defineMasked());
      case 3 -> decodeGather(from, wires);
      case 4 -> decodeLinear(from, wires);
      case 5 -> new Gate.Multiply(wires.getMasked(), wires.getMasked(), wires.defineShared());
      case 6 -> new Gate.Open(wires.getShared(), wires.defineMasked());
      case 7 -> decodePieces(from, wires);
      case 8 -> new Gate.ReluTruncate(wires.getMasked(), getTruncation(from), wires.defineShared());
      case 9 -> decodeSelect(from, wires);
      case 10 -> decodeTable(from, wires);
      case 11 ->
          new Gate.Truncate(
              wires.getMasked(), getTruncation(from), getCarry(from), wires.defineShared());
      default -> throw from.malformed("no gate " + tag);
    };
  }

  private static Gate decodeCombine(ByteReader from, WireTable wires) {
    long constant = from.getVarint();
    List<Gate.Combine.Term> terms = new ArrayList<>();
    for (int i = from.getCount(1, MOST_ITEMS); i > 0; i--) {
      terms.add(new Gate.Combine.Term(wires.getWire(), from.getVarint()));
    }
    return new Gate.Combine(terms, constant, wires.defineEither());
  }

  private static Gate decodeGather(ByteReader from, WireTable wires) {
    List<Wire> sources = new ArrayList<>();
    for (int i = from.getCount(1, MOST_ITEMS); i > 0; i--) {
      sources.add(wires.getWire());
    }
    Wire output = wires.defineEither();
    return new Gate.Gather(sources, getIndices(from), output);
  }

  private static Gate decodeLinear(ByteReader from, WireTable wires) {
    Wire.Masked input = wires.getMasked();
    int weight = count(from);
    LinearMap map = getMap(from);
    Optional<Gate.Bias> bias =
        from.getByte() == 0
            ? Optional.empty()
            : Optional.of(new Gate.Bias(count(from), count(from)));
    return new Gate.Linear(input, map, weight, bias, wires.defineShared());
  }

  private static Gate decodePieces(ByteReader from, WireTable wires) {
    Wire.Masked input = wires.getMasked();
    BitWidth compared = BitWidth.of(from.getByte());
    List<Piece> pieces = new ArrayList<>();
    for (int i = from.getCount(1, MOST_PARTS); i > 0; i--) {
      pieces.add(new Piece(from.getVarint(), from.getVarint()));
    }
    return new Gate.PiecewiseLinear(input, compared, pieces, wires.defineShared());
  }

  private static Gate decodeSelect(ByteReader from, WireTable wires) {
    Wire.Masked condition = wires.getMasked();
    BitWidth compared = BitWidth.of(from.getByte());
    int count = from.getCount(1, MOST_PARTS);
    List<Wire.Masked> payloads = new ArrayList<>();
    List<Wire.Shared> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      payloads.add(wires.getMasked());
    }
    for (int i = 0; i < count; i++) {
      results.add(wires.defineShared());
    }
    return new Gate.Select(condition, compared, payloads, results);
  }

  private static Gate decodeTable(ByteReader from, WireTable wires) {
    Wire.Masked input = wires.getMasked();
    long[] entries = new long[from.getCount(2, 1 << LookupTable.LARGEST_DOMAIN_BITS)];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = from.getVarint();
    }
    return new Gate.Table(input, LookupTable.takeOwnershipOf(entries), wires.defineShared());
  }

  private static int count(ByteReader from) {
    return from.getCount(0, Integer.MAX_VALUE);
  }

  private static void put(ByteWriter to, Wire wire) {
    to.putVarint(wire.id()).putVarint(wire.count()).putByte(wire.width().bits());
  }

  private static void putEither(ByteWriter to, Wire wire) {
    switch (wire) {
      case Wire.Masked masked -> put(to.putByte(0), masked);
      case Wire.Shared shared -> put(to.putByte(1), shared);
    }
  }

  private static void putTruncation(ByteWriter to, Truncation truncation) {
    to.putByte(truncation.value().bits()).putByte(truncation.shift());
    to.putByte(truncation.round() ? 1 : 0);
  }

  private static Truncation getTruncation(ByteReader from) {
    return new Truncation(BitWidth.of(from.getByte()), from.getByte(), from.getByte() != 0);
  }

  private static Gate.Carry getCarry(ByteReader from) {
    return from.getByte() == 0 ? Gate.Carry.OPENED : Gate.Carry.SHARED;
  }

  /** Differences of neighbours: structured maps are long runs of one difference, which deflate. */
  private static void putIndices(ByteWriter to, IndexMap map) {
    to.putVarint(map.terms()).putVarint(map.indices().length);
    int previous = 0;
    for (int index : map.indices()) {
      to.putVarint(index - previous);
      previous = index;
    }
  }

  private static IndexMap getIndices(ByteReader from) {
    int terms = from.getCount(1, Integer.MAX_VALUE);
    int[] indices = new int[from.getCount(1, from.remaining())];
    long previous = 0;
    for (int i = 0; i < indices.length; i++) {
      previous += from.getVarint();
      if (previous != (int) previous) {
        throw from.malformed("index " + previous);
      }
      indices[i] = (int) previous;
    }
    return IndexMap.sums(indices, terms);
  }

  private static void putMap(ByteWriter to, LinearMap map) {
    switch (map) {
      case Convolution c -> {
        to.putByte(1);
        to.putVarint(c.channels().batch()).putVarint(c.channels().input());
        to.putVarint(c.channels().output()).putVarint(c.channels().groups());
        putExtent(to, c.input());
        putExtent(to, c.kernel());
        putExtent(to, c.window().strides());
        putExtent(to, c.window().dilations());
        putExtent(to, c.window().before());
        putExtent(to, c.window().after());
      }
      case Dense d -> to.putByte(2).putVarint(d.rows()).putVarint(d.inner()).putVarint(d.outputs());
      case Scaling s ->
          to.putByte(3).putVarint(s.count()).putVarint(s.channels()).putVarint(s.inner());
    }
  }

  private static LinearMap getMap(ByteReader from) {
    int tag = from.getByte();
    return switch (tag) {
      case 1 -> getConvolution(from);
      case 2 -> new Dense(count(from), count(from), count(from));
      case 3 -> new Scaling(count(from), count(from), count(from));
      default -> throw from.malformed("no linear map " + tag);
    };
  }

  private static Convolution getConvolution(ByteReader from) {
    var channels = new Convolution.Channels(count(from), count(from), count(from), count(from));
    Convolution.Extent input = getExtent(from);
    Convolution.Extent kernel = getExtent(from);
    var window =
        new Convolution.Window(getExtent(from), getExtent(from), getExtent(from), getExtent(from));
    return new Convolution(channels, input, kernel, window);
  }

  private static void putExtent(ByteWriter to, Convolution.Extent extent) {
    to.putVarint(extent.depth()).putVarint(extent.height()).putVarint(extent.width());
  }

  private static Convolution.Extent getExtent(ByteReader from) {
    return new Convolution.Extent(count(from), count(from), count(from));
  }
}
