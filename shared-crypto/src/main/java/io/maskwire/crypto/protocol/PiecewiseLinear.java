package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * z = sum over j of slope_j max(x - threshold_j, 0): ReLU, maximum, LeakyReLU, Clip, absolute
 * value, as several prefix parities at public points of one key (Storrier et al., Grotto, CCS 2023,
 * section 6.2, splines).
 *
 * <p>One message: a bit per element and piece. Key per element: one DPF of b - 1 bits in common; 2
 * n bits per piece for party 1. Precondition: |x - threshold_j| &lt; 2^(b-1) for every j, b &lt;=
 * n, x on a masked wire of at least n bits.
 */
public final class PiecewiseLinear {
  private PiecewiseLinear() {}

  /**
   * Public parameters.
   *
   * @param compared b, at least 2
   * @param pieces at least one
   * @param output n
   */
  public record Parameters(BitWidth compared, List<Piece> pieces, BitWidth output) {
    public Parameters {
      pieces = List.copyOf(pieces);
    }

    /** Bits that each party sends for an element. */
    public int messageBits() {
      return pieces.size();
    }
  }

  /** One comparison; for each piece the secrets e_j and e_j r. */
  public static KeyLayout layout(Parameters parameters) {
    return new KeyLayout(
        List.of(Comparison.shape(parameters.compared())),
        Collections.nCopies(2 * parameters.pieces().size(), parameters.output()));
  }

  /** The function on a signed x. */
  public static long ideal(Parameters parameters, long x) {
    return parameters.pieces().stream().mapToLong(piece -> piece.apply(x)).sum();
  }

  /** The dealer's keys for x under {@code mask}. */
  public static GateKeys generateKeys(Parameters parameters, DealerContext dealer, long[] mask) {
    // 1  DPF(r mod 2^(b-1))
    TreeKeys tree = Comparison.generateKeys(parameters.compared(), dealer, mask);
    // 2  e_j = (top bit of r) xor bits of both parties; corrections e_j, e_j r
    List<long[]> corrections = new ArrayList<>();
    for (int j = 0; j < parameters.pieces().size(); j++) {
      long[] select = Comparison.blind(parameters.compared(), dealer, j, mask);
      corrections.add(dealer.correction(2 * j, select, parameters.output()));
      corrections.add(
          dealer.correction(2 * j + 1, Multiply.ideal(select, mask), parameters.output()));
    }
    return new GateKeys(List.of(tree), corrections);
  }

  /** This party's message: bits of [d^_0], then of [d^_1] and so on, to be opened by XOR. */
  public static long[] begin(
      Parameters parameters, PartyContext party, TreeKeys tree, long[] maskedInput) {
    int count = maskedInput.length;
    long[] message = new long[count * parameters.messageBits()];
    // 3  [d^_j]_p with u = x^ - 1 - threshold_j
    for (int j = 0; j < parameters.pieces().size(); j++) {
      long threshold = parameters.pieces().get(j).threshold();
      long[] bits = Comparison.begin(parameters.compared(), party, tree, j, maskedInput, threshold);
      System.arraycopy(bits, 0, message, j * count, count);
    }
    return message;
  }

  /**
   * This party's share of z.
   *
   * @param input x
   * @param opened the d^_j
   * @param shares this party's shares of the secrets
   */
  public static long[] finish(
      Parameters parameters,
      Role role,
      Multiply.Operand input,
      long[] opened,
      List<long[]> shares) {
    int count = input.masked().length;
    long[] z = new long[count];
    for (int j = 0; j < parameters.pieces().size(); j++) {
      // 4  z += slope_j d_j (x - threshold_j)
      Piece piece = parameters.pieces().get(j);
      long[] shifted = input.masked().clone();
      for (int i = 0; i < count; i++) {
        shifted[i] -= piece.threshold();
      }
      long[] bits = Arrays.copyOfRange(opened, j * count, (j + 1) * count);
      long[] selected =
          Comparison.select(
              role,
              new Multiply.Operand(shifted, input.mask()),
              bits,
              shares.get(2 * j),
              shares.get(2 * j + 1));
      for (int i = 0; i < count; i++) {
        z[i] += piece.slope() * selected[i];
      }
    }
    return z;
  }
}
