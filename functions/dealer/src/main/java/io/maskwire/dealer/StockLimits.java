package io.maskwire.dealer;

import java.time.Duration;

/**
 * How much is kept ready.
 *
 * @param sessions free sessions per version
 * @param commonBytes most bytes of all sessions together in {@code keys-common}
 * @param keyLifetime after which a session that nobody has opened is erased
 */
public record StockLimits(int sessions, long commonBytes, Duration keyLifetime) {
  public StockLimits {
    if (sessions < 0 || commonBytes < 0 || keyLifetime.isNegative() || keyLifetime.isZero()) {
      throw new IllegalArgumentException(
          "no limits of a stock: %d sessions, %d bytes, lifetime %s"
              .formatted(sessions, commonBytes, keyLifetime));
    }
  }
}
