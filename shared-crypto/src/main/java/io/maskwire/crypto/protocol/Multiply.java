package io.maskwire.crypto.protocol;

import io.maskwire.crypto.ring.BitWidth;
import java.util.List;

/**
 * Product of two secrets on masked wires, element by element (Boyle, Gilboa, Ishai, TCC 2019,
 * section 3.2, a Beaver triple whose openings are the wires themselves):
 *
 * <pre>
 *   [ab]_p = (p == 0 ? a^ b^ : 0) - a^ r_bp - b^ r_ap + [r_a r_b]_p
 * </pre>
 *
 * No message. Key: N bits per element for party 1. Precondition: both wires are at least N wide.
 */
public final class Multiply {
  private Multiply() {}

  /** One secret, r_a r_b, per element. */
  public static KeyLayout layout(BitWidth product) {
    return KeyLayout.ofSecrets(product);
  }

  /** a b. */
  public static long[] ideal(long[] left, long[] right) {
    long[] product = new long[left.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = left[i] * right[i];
    }
    return product;
  }

  /** The dealer's key for operands under masks {@code left} and {@code right}. */
  public static GateKeys generateKeys(
      DealerContext dealer, BitWidth product, long[] left, long[] right) {
    return new GateKeys(List.of(), List.of(dealer.correction(0, ideal(left, right), product)));
  }

  /**
   * A wire as a party sees it.
   *
   * @param masked v^, public to both parties
   * @param mask this party's share of r_v
   */
  @SuppressWarnings("ArrayRecordComponent") // a view of two vectors, never compared
  public record Operand(long[] masked, long[] mask) {
    @Override
    public String toString() {
      return "Operand[" + masked.length + " elements]";
    }
  }

  /** This party's share of the product. */
  public static long[] evaluate(Role role, Operand left, Operand right, long[] maskProducts) {
    long[] share = maskProducts.clone();
    long selects = role.selectsPublic();
    for (int i = 0; i < share.length; i++) {
      long a = left.masked()[i];
      long b = right.masked()[i];
      share[i] += ((a * b) & selects) - a * right.mask()[i] - b * left.mask()[i];
    }
    return share;
  }
}
