package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Piece;
import java.util.List;
import java.util.Optional;

/**
 * Maxima by knockout: each level halves the candidates of all windows at once, max(a, b) = b +
 * ReLU(a - b). The earlier candidate is b, so that an ArgMax keeps the first of equals.
 */
final class TournamentLowering {
  private final Emitter emitter;

  TournamentLowering(Emitter emitter) {
    this.emitter = emitter;
  }

  /** The winners so far: values and, for an ArgMax, their indices. */
  private record Field(Wire.Masked values, Optional<Wire.Masked> indices, int terms) {}

  Operand maximum(String node, IndexMap windows, List<Operand> sources) {
    Operand first = sources.getFirst();
    Field field = new Field(candidates(node, windows, sources), Optional.empty(), windows.terms());
    Range range = range(sources);
    while (field.terms() > 1) {
      field = level(node, field, first.scale(), range);
    }
    Range result = emitter.refine(field.values(), first.scale(), range);
    double typical = sources.stream().mapToDouble(Operand::typical).max().orElse(1);
    return new Operand(node, field.values(), first.scale(), first.gain(), result, typical);
  }

  Operand argMax(String node, IndexMap windows, Operand source) {
    int terms = windows.terms();
    Wire.Masked values = candidates(node, windows, List.of(source));
    Field field = new Field(values, Optional.of(indices(node, values, terms)), terms);
    while (field.terms() > 1) {
      field = level(node, field, source.scale(), source.range());
    }
    Wire.Masked indices = field.indices().orElseThrow();
    return new Operand(node, indices, 0, 1, Range.proven(0, Math.max(terms - 1, 1)), terms);
  }

  private static Range range(List<Operand> sources) {
    return sources.stream().map(Operand::range).reduce(Range::join).orElseThrow();
  }

  private Wire.Masked candidates(String node, IndexMap windows, List<Operand> sources) {
    List<Wire> wires = sources.stream().<Wire>map(emitter::open).toList();
    IndexMap flat = IndexMap.takeOwnershipOf(windows.indices().clone());
    if (wires.size() == 1 && isIdentity(flat, wires.getFirst().count())) {
      return (Wire.Masked) wires.getFirst();
    }
    Wire.Masked output = emitter.masked(flat.outputCount());
    emitter.add(node, new Gate.Gather(wires, flat, output));
    return output;
  }

  private static boolean isIdentity(IndexMap map, int count) {
    for (int i = 0; i < map.outputCount(); i++) {
      if (map.indices()[i] != i) {
        return false;
      }
    }
    return map.outputCount() == count;
  }

  /** The public constants 0 to terms - 1 for each window, as sums of powers of two. */
  private Wire.Masked indices(String node, Wire.Masked like, int terms) {
    Wire.Masked zero = emitter.masked(1);
    int[] nothing = {IndexMap.NOTHING};
    emitter.add(node, new Gate.Gather(List.of(like), IndexMap.takeOwnershipOf(nothing), zero));
    int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(terms - 1));
    java.util.ArrayList<Wire> powers = new java.util.ArrayList<>();
    for (int bit = 0; bit < bits; bit++) {
      Wire.Masked power = emitter.masked(1);
      emitter.add(
          node, new Gate.Combine(List.of(new Gate.Combine.Term(zero, 1)), 1L << bit, power));
      powers.add(power);
    }
    int[] sums = new int[like.count() * bits];
    for (int i = 0; i < sums.length; i++) {
      int candidate = i / bits % terms;
      int bit = i % bits;
      sums[i] = (candidate >> bit & 1) == 1 ? bit : IndexMap.NOTHING;
    }
    Wire.Masked output = emitter.masked(like.count());
    emitter.add(node, new Gate.Gather(powers, IndexMap.sums(sums, bits), output));
    return output;
  }

  private Field level(String node, Field field, int scale, Range range) {
    int pairs = field.terms() / 2;
    Wire.Masked b = pick(node, field.values(), field.terms(), 0);
    Wire.Masked a = pick(node, field.values(), field.terms(), 1);
    Wire.Masked difference = combine(node, a, b);
    Range distance = emitter.refine(difference, scale, range.minus(range));
    BitWidth width = emitter.comparison(node, difference, distance);
    Field winners;
    if (field.indices().isEmpty()) {
      Wire.Shared gain = emitter.shared(a.count());
      emitter.add(
          node, new Gate.PiecewiseLinear(difference, width, List.of(new Piece(1, 0)), gain));
      winners = new Field(openSum(node, gain, b), Optional.empty(), pairs);
    } else {
      winners = select(node, field, difference, b, width);
    }
    return field.terms() % 2 == 0 ? winners : withBye(node, field, winners);
  }

  private Field select(
      String node, Field field, Wire.Masked difference, Wire.Masked b, BitWidth width) {
    Wire.Masked indices = field.indices().orElseThrow();
    Wire.Masked indexB = pick(node, indices, field.terms(), 0);
    Wire.Masked indexA = pick(node, indices, field.terms(), 1);
    Wire.Masked step = combine(node, indexA, indexB);
    Wire.Shared gain = emitter.shared(b.count());
    Wire.Shared move = emitter.shared(b.count());
    emitter.add(
        node, new Gate.Select(difference, width, List.of(difference, step), List.of(gain, move)));
    return new Field(
        openSum(node, gain, b), Optional.of(openSum(node, move, indexB)), field.terms() / 2);
  }

  /** Candidates 0, 2, 4... or 1, 3, 5... of each window. */
  private Wire.Masked pick(String node, Wire.Masked from, int terms, int parity) {
    int windows = from.count() / terms;
    int pairs = terms / 2;
    int[] positions = new int[windows * pairs];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i / pairs * terms + i % pairs * 2 + parity;
    }
    Wire.Masked picked = emitter.masked(positions.length);
    emitter.add(node, new Gate.Gather(List.of(from), IndexMap.takeOwnershipOf(positions), picked));
    return picked;
  }

  private Wire.Masked combine(String node, Wire.Masked a, Wire.Masked b) {
    Wire.Masked difference = emitter.masked(a.count());
    List<Gate.Combine.Term> terms =
        List.of(new Gate.Combine.Term(a, 1), new Gate.Combine.Term(b, -1));
    emitter.add(node, new Gate.Combine(terms, 0, difference));
    return difference;
  }

  private Wire.Masked openSum(String node, Wire.Shared gain, Wire.Masked b) {
    Wire.Shared sum = emitter.shared(b.count());
    List<Gate.Combine.Term> terms =
        List.of(new Gate.Combine.Term(gain, 1), new Gate.Combine.Term(b, 1));
    emitter.add(node, new Gate.Combine(terms, 0, sum));
    Wire.Masked opened = emitter.masked(b.count());
    emitter.add(node, new Gate.Open(sum, opened));
    return opened;
  }

  /** The last candidate of an odd number goes to the next level unchallenged. */
  private Field withBye(String node, Field field, Field winners) {
    Optional<Wire.Masked> indices =
        winners
            .indices()
            .map(won -> append(node, won, field.indices().orElseThrow(), field.terms()));
    Wire.Masked values = append(node, winners.values(), field.values(), field.terms());
    return new Field(values, indices, winners.terms() + 1);
  }

  private Wire.Masked append(String node, Wire.Masked won, Wire.Masked from, int terms) {
    int pairs = terms / 2;
    int windows = from.count() / terms;
    int[] positions = new int[windows * (pairs + 1)];
    for (int i = 0; i < positions.length; i++) {
      int window = i / (pairs + 1);
      int candidate = i % (pairs + 1);
      positions[i] =
          candidate < pairs ? window * pairs + candidate : won.count() + window * terms + terms - 1;
    }
    Wire.Masked output = emitter.masked(positions.length);
    emitter.add(
        node, new Gate.Gather(List.of(won, from), IndexMap.takeOwnershipOf(positions), output));
    return output;
  }
}
