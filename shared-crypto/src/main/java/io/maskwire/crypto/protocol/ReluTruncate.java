package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.TreeShape;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Truncation;
import java.util.ArrayList;
import java.util.List;

/**
 * z = max(x, 0) with x = (y + rho) >> f: ReLU fused with exact truncation and extension to n bits
 * (comparison by prefix parity: Storrier et al., Grotto, CCS 2023; select: Gupta et al., SIGMA,
 * PoPETS 2024; extension: Jawalkar et al., Orca, S&P 2024; the fusion is described in
 * docs/PROTOCOLS.md).
 *
 * <p>One message: 2 bits per element each way. Key per element: DPFs of b - 1 and f bits in common;
 * 5 n + 2 (n - b) bits for party 1. Precondition: y + rho fits N = b + f signed bits and x >=
 * -2^(b-1) + 1; y is on a masked wire of at least N bits. Then the result equals {@link #ideal} in
 * every bit, whatever the masks.
 *
 * <p>With c the borrow of the dropped bits and d = 1{x + c - 1 >= 0}: x >= 1 gives 1, x &lt;= -1
 * gives 0, and at x = 0 either value yields z = 0; so d depends on masks there and is never itself
 * an output.
 */
public final class ReluTruncate {
  private static final int TAU = 0;
  private static final int SELECTED_TAU = 1;
  private static final int SELECT = 2;
  private static final int CARRY = 3;
  private static final int SELECTED_CARRY = 4;

  private ReluTruncate() {}

  /**
   * Public parameters.
   *
   * @param truncation b, f and rho
   * @param output n, any width
   */
  public record Parameters(Truncation truncation, BitWidth output) {
    private int value() {
      return truncation.value().bits();
    }

    private BitWidth compared() {
      return BitWidth.of(value() - 1);
    }

    private int shift() {
      return truncation.shift();
    }

    private boolean isExtending() {
      return output.bits() > value();
    }

    /** Position of t_m and e_d t_m among the secrets, where the output is wider than b. */
    private int extension() {
      return shift() > 0 ? SELECTED_CARRY + 1 : CARRY;
    }

    /** Bits that each party sends for an element. */
    public int messageBits() {
      return shift() > 0 ? 2 : 1;
    }
  }

  /** Trees for the comparison and, if bits are dropped, their borrow; secrets as numbered above. */
  public static KeyLayout layout(Parameters parameters) {
    List<TreeShape> trees = new ArrayList<>();
    List<BitWidth> secrets = new ArrayList<>();
    BitWidth n = parameters.output();
    trees.add(new PrefixParity(parameters.compared()).shape());
    secrets.addAll(List.of(n, n, n));
    if (parameters.shift() > 0) {
      trees.add(new PrefixParity(BitWidth.of(parameters.shift())).shape());
      secrets.addAll(List.of(n, n));
    }
    if (parameters.isExtending()) {
      BitWidth above = BitWidth.of(n.bits() - parameters.value());
      secrets.addAll(List.of(above, above));
    }
    return new KeyLayout(trees, secrets);
  }

  /** The function on a signed y. */
  public static long ideal(Parameters parameters, long y) {
    return Math.max(parameters.truncation().apply(y), 0);
  }

  /**
   * The dealer's keys.
   *
   * @param mask r, under which y is opened
   */
  public static GateKeys generateKeys(Parameters parameters, DealerContext dealer, long[] mask) {
    int f = parameters.shift();
    int k = parameters.value() - 1;
    int count = mask.length;
    long[] dropped = new long[count];
    long[] compared = new long[count];
    long[] top = new long[count];
    // 1  r_low = r mod 2^f,  t = (r mod 2^N) >> f,  t_k = t mod 2^k,  t_m = t >> k
    for (int i = 0; i < count; i++) {
      long r = parameters.truncation().product().reduce(mask[i]);
      dropped[i] = f == 0 ? 0 : BitWidth.of(f).reduce(r);
      compared[i] = parameters.compared().reduce(r >>> f);
      top[i] = r >>> (f + k);
    }
    // 2  e_d = t_m xor a_0 xor a_1,  tau = t_k - 2^k t_m
    long[] select = dealer.secretBits(0, count);
    long[] tau = new long[count];
    for (int i = 0; i < count; i++) {
      select[i] ^= top[i];
      tau[i] = compared[i] - (top[i] << k);
    }
    // 3  DPF(t_k, k bits); corrections tau, e_d tau, e_d
    BitWidth n = parameters.output();
    List<TreeKeys> trees = new ArrayList<>();
    List<long[]> corrections = new ArrayList<>();
    trees.add(dealer.compare(0, parameters.compared(), compared));
    corrections.add(dealer.correction(TAU, tau, n));
    corrections.add(dealer.correction(SELECTED_TAU, Multiply.ideal(select, tau), n));
    corrections.add(dealer.correction(SELECT, select, n));
    // 4  DPF(r_low, f bits),  e_c = c_0 xor c_1; corrections e_c, e_d e_c
    if (f > 0) {
      long[] carry = dealer.secretBits(1, count);
      trees.add(dealer.compare(1, BitWidth.of(f), dropped));
      corrections.add(dealer.correction(CARRY, carry, n));
      corrections.add(dealer.correction(SELECTED_CARRY, Multiply.ideal(select, carry), n));
    }
    // 5  corrections t_m, e_d t_m mod 2^(n-b)
    if (parameters.isExtending()) {
      BitWidth above = BitWidth.of(n.bits() - parameters.value());
      int at = parameters.extension();
      corrections.add(dealer.correction(at, top, above));
      corrections.add(dealer.correction(at + 1, Multiply.ideal(select, top), above));
    }
    return new GateKeys(trees, corrections);
  }

  /**
   * This party's message: bits of [d^], then of [c^], to be opened by XOR.
   *
   * @param maskedInput y^
   */
  public static long[] begin(
      Parameters parameters, PartyContext party, List<TreeKeys> trees, long[] maskedInput) {
    int f = parameters.shift();
    int k = parameters.value() - 1;
    int count = maskedInput.length;
    // 6  y^ += rho mod 2^N,  u = (y^ >> f) - 1 mod 2^b,  u_k = u mod 2^k,  u_m = u >> k
    long[] points = new long[count];
    for (int i = 0; i < count; i++) {
      points[i] = parameters.compared().reduce(point(parameters, maskedInput[i]));
    }
    // 7  [d^]_p = (p == 0 ? 1 xor u_m : 0) xor a_p xor share of 1{u_k < t_k}
    long[] less = party.compare(0, parameters.compared(), trees.get(0), points);
    long[] blind = party.randomness().secretBits(0, count);
    long[] message = new long[count * parameters.messageBits()];
    long selects = party.role().selectsPublic();
    for (int i = 0; i < count; i++) {
      long top = point(parameters, maskedInput[i]) >>> k;
      message[i] = ((1 ^ top) & selects) ^ blind[i] ^ less[i];
    }
    // 8  [c^]_p = c_p xor share of 1{y^ mod 2^f < r_low}
    if (f > 0) {
      BitWidth low = BitWidth.of(f);
      long rounding = parameters.truncation().rounding();
      for (int i = 0; i < count; i++) {
        points[i] = low.reduce(maskedInput[i] + rounding);
      }
      long[] borrow = party.compare(1, low, trees.get(1), points);
      long[] carryBlind = party.randomness().secretBits(1, count);
      for (int i = 0; i < count; i++) {
        message[count + i] = carryBlind[i] ^ borrow[i];
      }
    }
    return message;
  }

  /** u: all public. */
  private static long point(Parameters parameters, long masked) {
    Truncation truncation = parameters.truncation();
    long shifted =
        truncation.product().reduce(masked + truncation.rounding()) >>> truncation.shift();
    return truncation.value().reduce(shifted - 1);
  }

  /**
   * This party's share of z.
   *
   * @param maskedInput y^
   * @param opened d^, then c^
   * @param shares this party's shares of the secrets
   */
  public static long[] finish(
      Parameters parameters, Role role, long[] maskedInput, long[] opened, List<long[]> shares) {
    int k = parameters.value() - 1;
    int count = maskedInput.length;
    long[] tau = shares.get(TAU);
    long[] selectedTau = shares.get(SELECTED_TAU);
    long[] select = shares.get(SELECT);
    boolean carries = parameters.shift() > 0;
    boolean extending = parameters.isExtending();
    long[] none = new long[carries && extending ? 0 : count];
    long[] carry = carries ? shares.get(CARRY) : none;
    long[] selectedCarry = carries ? shares.get(SELECTED_CARRY) : none;
    long[] top = extending ? shares.get(parameters.extension()) : none;
    long[] selectedTop = extending ? shares.get(parameters.extension() + 1) : none;
    long[] z = new long[count];
    long selects = role.selectsPublic();
    for (int i = 0; i < count; i++) {
      // 9  A = u_k + 1 + u_m 2^k - c^,  S = -tau - u_m t_m 2^b - (1 - 2 c^) e_c,  likewise e_d S
      long u = point(parameters, maskedInput[i]);
      long d = opened[i];
      long c = carries ? opened[count + i] : 0;
      long carrySign = carries ? 1 - 2 * c : 0;
      long wrapped = -(u >>> k);
      long a = u + 1 - c;
      long s = -tau[i] - carrySign * carry[i] - ((top[i] & wrapped) << k << 1);
      long selectedS =
          -selectedTau[i] - carrySign * selectedCarry[i] - ((selectedTop[i] & wrapped) << k << 1);
      // 10  z = d^ (A + S) + (1 - 2 d^)(e_d A + e_d S)
      z[i] = d * ((a & selects) + s) + (1 - 2 * d) * (select[i] * a + selectedS);
    }
    return z;
  }
}
