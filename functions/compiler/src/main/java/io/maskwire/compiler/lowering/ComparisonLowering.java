package io.maskwire.compiler.lowering;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.Piece;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.List;

/** Functions of one element that compare it with thresholds. */
final class ComparisonLowering {
  /** Up to this scale a function is applied before truncation. */
  private static final int LARGEST_SCALE = 44;

  private final Emitter emitter;

  ComparisonLowering(Emitter emitter) {
    this.emitter = emitter;
  }

  Operand relu(String node, Operand value) {
    Operand x = emitter.settle(value);
    Wire.Masked input = emitter.open(x);
    Wire.Shared output = emitter.shared(x.count());
    int shift = Math.max(0, x.scale() - emitter.scale());
    int scale = x.scale() - shift;
    Range signed = x.range().shifted(shift);
    Range range = emitter.refine(output, scale, signed.positive()).positive();
    if (shift > 0) {
      Truncation truncation = emitter.truncation(node, shift, input, signed);
      emitter.add(node, new Gate.ReluTruncate(input, truncation, output));
    } else {
      BitWidth width = emitter.comparison(node, input, signed);
      emitter.add(node, new Gate.PiecewiseLinear(input, width, List.of(new Piece(1, 0)), output));
    }
    return new Operand(node, output, scale, 1, range, x.typical());
  }

  Operand piecewise(String node, Operator.PiecewiseLinear function, Operand value) {
    int fraction = fractionBits(function);
    Operand settled = emitter.settle(value);
    Operand x = settled.scale() + fraction > LARGEST_SCALE ? emitter.truncate(settled) : settled;
    List<Piece> pieces = new ArrayList<>();
    Range distance = x.range();
    for (Operator.PiecewiseLinear.Piece piece : function.pieces()) {
      long threshold = FixedPoint.encode(piece.threshold(), x.scale());
      pieces.add(new Piece(FixedPoint.encode(piece.slope(), fraction), threshold));
      distance = distance.join(x.range().minus(Range.proven(threshold, threshold)));
    }
    Wire.Masked input = emitter.open(x);
    Wire.Shared bent = emitter.shared(x.count());
    BitWidth width = emitter.comparison(node, input, distance);
    emitter.add(node, new Gate.PiecewiseLinear(input, width, pieces, bent));
    int scale = x.scale() + fraction;
    long slope = FixedPoint.encode(function.slope(), fraction);
    long offset = FixedPoint.encode(function.offset(), scale);
    Wire output = straight(node, bent, input, slope, offset);
    Range range = emitter.refine(output, scale, image(x.range(), pieces, slope, offset));
    return new Operand(node, output, scale, 1, range, x.typical());
  }

  /** bent + slope x + offset; local. */
  private Wire straight(String node, Wire.Shared bent, Wire.Masked input, long slope, long offset) {
    if (slope == 0 && offset == 0) {
      return bent;
    }
    List<Gate.Combine.Term> terms = new ArrayList<>();
    terms.add(new Gate.Combine.Term(bent, 1));
    if (slope != 0) {
      terms.add(new Gate.Combine.Term(input, slope));
    }
    Wire.Shared output = emitter.shared(input.count());
    emitter.add(node, new Gate.Combine(terms, offset, output));
    return output;
  }

  private static Range image(Range x, List<Piece> pieces, long slope, long offset) {
    List<Double> corners = new ArrayList<>(List.of(x.low(), x.high()));
    for (Piece piece : pieces) {
      corners.add(Math.clamp((double) piece.threshold(), x.low(), x.high()));
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double corner : corners) {
      double y = offset + slope * corner;
      for (Piece piece : pieces) {
        y += piece.slope() * Math.max(corner - piece.threshold(), 0);
      }
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    return Range.widened(low, high, x.certainty());
  }

  /** Fractional bits that the slopes need: none if they are whole numbers. */
  private int fractionBits(Operator.PiecewiseLinear function) {
    List<Double> slopes = new ArrayList<>();
    slopes.add(function.slope());
    function.pieces().forEach(piece -> slopes.add(piece.slope()));
    int bits = 0;
    for (double slope : slopes) {
      while (bits < emitter.scale() && Math.abs(remainder(slope, bits)) > 1e-9) {
        bits++;
      }
    }
    return bits;
  }

  private static double remainder(double slope, int bits) {
    double scaled = Math.scalb(slope, bits);
    return scaled - Math.rint(scaled);
  }
}
