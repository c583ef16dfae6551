package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.TreeShape;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.List;

/**
 * x = (y + rho) >> f, exact, as shares of any width n (Jawalkar et al., Orca, S&P 2024, section 4,
 * with prefix parities in place of its comparison). With y^ shifted by 2^(N-1) to be non-negative,
 * c the borrow of the dropped bits, and w = 1{(y^ >> f) &lt; t} the wrap of the kept ones:
 *
 * <pre>
 *   x = (y^ >> f) - t - c + w 2^b - 2^(b-1)
 * </pre>
 *
 * One message: a bit per element for c and, if n > b, one for w. Key per element: DPFs of f and, if
 * n > b, b bits in common; 2 n + (n - b) bits for party 1. Precondition: y + rho fits N = b + f
 * signed bits; if n > b, x &lt;= 2^(b-1) - 2; y is on a masked wire of at least N bits.
 */
public final class Truncate {
  private static final int SHIFTED_MASK = 0;
  private static final int CARRY = 1;
  private static final int WRAP = 2;

  private Truncate() {}

  /**
   * Public parameters.
   *
   * @param truncation b, f >= 1 and rho
   * @param output n, any width
   */
  public record Parameters(Truncation truncation, BitWidth output) {
    public Parameters {
      if (truncation.shift() < 1) {
        throw new IllegalArgumentException("a truncation drops at least one bit");
      }
    }

    private boolean isExtending() {
      return output.bits() > truncation.value().bits();
    }

    private BitWidth above() {
      return BitWidth.of(output.bits() - truncation.value().bits());
    }

    private BitWidth dropped() {
      return BitWidth.of(truncation.shift());
    }

    /** Bits that each party sends for an element. */
    public int messageBits() {
      return isExtending() ? 2 : 1;
    }

    /** y^ + 2^(N-1) + rho mod 2^N. */
    long shifted(long masked) {
      BitWidth product = truncation.product();
      return product.reduce(masked + (1L << (product.bits() - 1)) + truncation.rounding());
    }
  }

  /** Trees for the borrow and, if the output is wider than b, the wrap. */
  public static KeyLayout layout(Parameters parameters) {
    List<TreeShape> trees = new ArrayList<>();
    List<BitWidth> secrets = new ArrayList<>();
    trees.add(new PrefixParity(parameters.dropped()).shape());
    secrets.addAll(List.of(parameters.output(), parameters.output()));
    if (parameters.isExtending()) {
      trees.add(new PrefixParity(parameters.truncation().value()).shape());
      secrets.add(parameters.above());
    }
    return new KeyLayout(trees, secrets);
  }

  /** The function on a signed y. */
  public static long ideal(Parameters parameters, long y) {
    return parameters.truncation().apply(y);
  }

  /** The dealer's keys for y under {@code mask}. */
  public static GateKeys generateKeys(Parameters parameters, DealerContext dealer, long[] mask) {
    int count = mask.length;
    // 1  r_low = r mod 2^f,  t = (r mod 2^N) >> f
    long[] dropped = new long[count];
    long[] shifted = new long[count];
    for (int i = 0; i < count; i++) {
      long r = parameters.truncation().product().reduce(mask[i]);
      dropped[i] = parameters.dropped().reduce(r);
      shifted[i] = r >>> parameters.truncation().shift();
    }
    // 2  DPF(r_low, f bits),  e_c = c_0 xor c_1; corrections t, e_c
    List<TreeKeys> trees = new ArrayList<>();
    List<long[]> corrections = new ArrayList<>();
    BitWidth n = parameters.output();
    trees.add(dealer.compare(0, parameters.dropped(), dropped));
    corrections.add(dealer.correction(SHIFTED_MASK, shifted, n));
    corrections.add(dealer.correction(CARRY, dealer.secretBits(0, count), n));
    // 3  DPF(t, b bits),  e_w = w_0 xor w_1; correction e_w mod 2^(n-b)
    if (parameters.isExtending()) {
      trees.add(dealer.compare(1, parameters.truncation().value(), shifted));
      corrections.add(dealer.correction(WRAP, dealer.secretBits(1, count), parameters.above()));
    }
    return new GateKeys(trees, corrections);
  }

  /** This party's message: bits of [c^], then of [w^], to be opened by XOR. */
  public static long[] begin(
      Parameters parameters, PartyContext party, List<TreeKeys> trees, long[] maskedInput) {
    int count = maskedInput.length;
    long[] points = new long[count];
    long[] message = new long[count * parameters.messageBits()];
    // 4  [c^]_p = c_p xor share of 1{y^ mod 2^f < r_low}
    for (int i = 0; i < count; i++) {
      points[i] = parameters.dropped().reduce(parameters.shifted(maskedInput[i]));
    }
    long[] borrow = party.compare(0, parameters.dropped(), trees.get(0), points);
    long[] carryBlind = party.randomness().secretBits(0, count);
    for (int i = 0; i < count; i++) {
      message[i] = carryBlind[i] ^ borrow[i];
    }
    // 5  [w^]_p = w_p xor share of 1{(y^ >> f) < t}
    if (parameters.isExtending()) {
      BitWidth value = parameters.truncation().value();
      for (int i = 0; i < count; i++) {
        points[i] = parameters.shifted(maskedInput[i]) >>> parameters.truncation().shift();
      }
      long[] wrap = party.compare(1, value, trees.get(1), points);
      long[] wrapBlind = party.randomness().secretBits(1, count);
      for (int i = 0; i < count; i++) {
        message[count + i] = wrapBlind[i] ^ wrap[i];
      }
    }
    return message;
  }

  /**
   * This party's share of x.
   *
   * @param opened c^, then w^
   * @param shares this party's shares of the secrets
   */
  public static long[] finish(
      Parameters parameters, Role role, long[] maskedInput, long[] opened, List<long[]> shares) {
    int count = maskedInput.length;
    int b = parameters.truncation().value().bits();
    int f = parameters.truncation().shift();
    boolean extending = parameters.isExtending();
    long[] x = new long[count];
    long selects = role.selectsPublic();
    for (int i = 0; i < count; i++) {
      // 6  x = (y^ >> f) - 2^(b-1) - c^ + w^ 2^b  -  t - (1 - 2 c^) e_c + (1 - 2 w^) e_w 2^b
      long c = opened[i];
      long known = (parameters.shifted(maskedInput[i]) >>> f) - (1L << (b - 1)) - c;
      long secret = -shares.get(SHIFTED_MASK)[i] - (1 - 2 * c) * shares.get(CARRY)[i];
      if (extending) {
        long w = opened[count + i];
        known += w << b;
        secret += ((1 - 2 * w) * shares.get(WRAP)[i]) << b;
      }
      x[i] = (known & selects) + secret;
    }
    return x;
  }
}
