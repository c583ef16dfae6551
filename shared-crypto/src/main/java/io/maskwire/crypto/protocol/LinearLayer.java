package io.maskwire.crypto.protocol;

import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.LinearMap;
import java.util.List;

/**
 * y = L(W, x) with W masked once per model version and x on a masked wire (Mohassel, Zhang,
 * SecureML, S&P 2017, section 4.1, fixed mask of a fixed operand; masked wires of Boyle, Gilboa,
 * Ishai, TCC 2019).
 *
 * <pre>
 *   [y]_0 = L(W^ - r_W0, x^) - L(W^, r_x0) + [r_W r_x]_0
 *   [y]_1 = L(   - r_W1, x^) - L(W^, r_x1) + [r_W r_x]_1
 * </pre>
 *
 * No message. Key: N bits per output for party 1, nothing in common. Precondition: the wire of x is
 * at least N wide; W^ and both halves of r_W are mod 2^N. The second and third terms do not depend
 * on the input.
 */
public final class LinearLayer {
  private LinearLayer() {}

  /** One secret, r_W r_x, per output. */
  public static KeyLayout layout(BitWidth product) {
    return KeyLayout.ofSecrets(product);
  }

  /** L(W, x). */
  public static long[] ideal(LinearMap map, long[] weights, long[] x) {
    return map.apply(weights, x);
  }

  /**
   * The dealer's key, from the products that it computed for the whole layer.
   *
   * @param maskProducts the slice of L(r_W, r_x) that the context is for
   */
  public static GateKeys generateKeys(DealerContext dealer, BitWidth product, long[] maskProducts) {
    return new GateKeys(List.of(), List.of(dealer.correction(0, maskProducts, product)));
  }

  /**
   * What can be computed before the input arrives: [r_W r_x]_p - L(W^, r_xp).
   *
   * @param maskedWeights W^
   * @param inputMask this party's share of r_x
   * @param maskProducts this party's share of r_W r_x
   */
  public static long[] prepare(
      LinearMap map, long[] maskedWeights, long[] inputMask, long[] maskProducts) {
    long[] base = map.apply(maskedWeights, inputMask);
    for (int i = 0; i < base.length; i++) {
      base[i] = maskProducts[i] - base[i];
    }
    return base;
  }

  /**
   * This party's share of y.
   *
   * @param weightShare [W]_p: W^ - r_W0 for party 0, -r_W1 for party 1
   * @param maskedInput x^
   * @param base the result of {@link #prepare}; it is left unchanged
   */
  public static long[] evaluate(
      LinearMap map, long[] weightShare, long[] maskedInput, long[] base) {
    long[] share = base.clone();
    map.accumulate(weightShare, maskedInput, share);
    return share;
  }
}
