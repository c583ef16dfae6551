package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.fss.UnitVector;
import io.maskwire.crypto.ring.BitWidth;
import java.util.List;

/**
 * z = T[x mod 2^m] for a public table: the inner product of the table, rotated by the public x^,
 * with shares of the unit vector at r (Boyle et al., EUROCRYPT 2021, section 3; the table of Pika,
 * PoPETS 2022).
 *
 * <pre>
 *   [z]_p = sum over j of T[(x^ - j) mod 2^m] [1{j = r}]_p
 * </pre>
 *
 * No message. Key per element: a unit vector of 2^m elements of n bits in common, nothing for party
 * 1. Precondition: x on a masked wire of at least m bits.
 */
public final class TableLookup {
  private TableLookup() {}

  /**
   * Public parameters.
   *
   * @param domain m
   * @param output n
   */
  public record Parameters(BitWidth domain, BitWidth output) {}

  /** One vector, no secrets. */
  public static KeyLayout layout(Parameters parameters) {
    return new KeyLayout(
        List.of(new UnitVector(parameters.domain(), parameters.output()).shape()), List.of());
  }

  /** The function on x, signed or not. */
  public static long ideal(long[] table, long x) {
    return table[(int) x & (table.length - 1)];
  }

  /** The dealer's keys for x under {@code mask}. */
  public static GateKeys generateKeys(Parameters parameters, DealerContext dealer, long[] mask) {
    long[] alphas = new long[mask.length];
    for (int i = 0; i < alphas.length; i++) {
      alphas[i] = parameters.domain().reduce(mask[i]);
    }
    return new GateKeys(
        List.of(dealer.unitVectors(0, parameters.domain(), parameters.output(), alphas)),
        List.of());
  }

  /** This party's share of the looked up values. */
  public static long[] evaluate(
      Parameters parameters, PartyContext party, TreeKeys keys, long[] maskedInput, long[] table) {
    UnitVector.Evaluator vectors =
        party.unitVectors(0, parameters.domain(), parameters.output(), keys);
    int last = table.length - 1;
    long[] vector = new long[table.length];
    long[] z = new long[maskedInput.length];
    for (int i = 0; i < z.length; i++) {
      vectors.evaluate(i, vector);
      int rotation = (int) parameters.domain().reduce(maskedInput[i]);
      long sum = 0;
      for (int j = 0; j < vector.length; j++) {
        sum += table[(rotation - j) & last] * vector[j];
      }
      z[i] = sum;
    }
    return z;
  }
}
