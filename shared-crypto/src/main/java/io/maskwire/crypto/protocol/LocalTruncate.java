package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.ComparisonShares;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.ring.BitWidth;
import java.util.List;

/**
 * {@link Truncate} without a message: the borrow c = 1{y^ mod 2^f &lt; r_low} comes as additive
 * shares from a distributed comparison (Boyle et al., EUROCRYPT 2021, section 4).
 *
 * <pre>
 *   x = (y^ >> f) - 2^(b-1) - t - c   mod 2^n,  n &lt;= b
 * </pre>
 *
 * Key per element: a comparison of f (128 + n) bits in common; n bits for party 1. Precondition: as
 * {@link Truncate}, and n &lt;= b, so that the wrap does not count.
 */
public final class LocalTruncate {
  private LocalTruncate() {}

  /** One comparison and one secret, t. */
  public static KeyLayout layout(Truncate.Parameters parameters) {
    if (parameters.output().bits() > parameters.truncation().value().bits()) {
      throw new IllegalArgumentException(
          "an output of %s is wider than the value of %s: use Truncate"
              .formatted(parameters.output(), parameters.truncation().value()));
    }
    return new KeyLayout(
        List.of(new ComparisonShares(dropped(parameters), parameters.output()).shape()),
        List.of(parameters.output()));
  }

  private static BitWidth dropped(Truncate.Parameters parameters) {
    return BitWidth.of(parameters.truncation().shift());
  }

  /** The dealer's keys for y under {@code mask}. */
  public static GateKeys generateKeys(
      Truncate.Parameters parameters, DealerContext dealer, long[] mask) {
    long[] dropped = new long[mask.length];
    long[] shifted = new long[mask.length];
    for (int i = 0; i < mask.length; i++) {
      long r = parameters.truncation().product().reduce(mask[i]);
      dropped[i] = dropped(parameters).reduce(r);
      shifted[i] = r >>> parameters.truncation().shift();
    }
    TreeKeys tree = dealer.compareShared(0, dropped(parameters), parameters.output(), dropped);
    return new GateKeys(List.of(tree), List.of(dealer.correction(0, shifted, parameters.output())));
  }

  /** This party's share of x. */
  public static long[] evaluate(
      Truncate.Parameters parameters,
      PartyContext party,
      TreeKeys keys,
      long[] maskedInput,
      long[] shiftedMask) {
    int b = parameters.truncation().value().bits();
    int f = parameters.truncation().shift();
    long[] points = new long[maskedInput.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = dropped(parameters).reduce(parameters.shifted(maskedInput[i]));
    }
    long[] borrow = party.compareShared(0, dropped(parameters), parameters.output(), keys, points);
    long[] x = new long[points.length];
    long selects = party.role().selectsPublic();
    for (int i = 0; i < x.length; i++) {
      long known = (parameters.shifted(maskedInput[i]) >>> f) - (1L << (b - 1));
      x[i] = (known & selects) - shiftedMask[i] - borrow[i];
    }
    return x;
  }
}
