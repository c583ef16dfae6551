package io.maskwire.cli.direct;

import java.time.Duration;

/**
 * How long a party waits, and how much a connection carries.
 *
 * @param connect for the peer to appear, on either side
 * @param handshake for one connection to prove itself, hello included
 * @param progress without a single byte in either direction while a transfer waits; the time that
 *     the peer may compute between two messages
 * @param connectionBytes in each direction
 */
public record DirectLimits(
    Duration connect, Duration handshake, Duration progress, long connectionBytes) {
  /**
   * Below the 2^37 bytes at which the JDK renews the keys of an AES-GCM connection: its renewal is
   * not safe while one thread reads and another writes, which is what an exchange does.
   */
  public static final long MAXIMUM_CONNECTION_BYTES = 1L << 36;

  /** Waits that suit people who start two programs by hand. */
  public static final DirectLimits DEFAULTS =
      new DirectLimits(
          Duration.ofMinutes(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          MAXIMUM_CONNECTION_BYTES);

  public DirectLimits {
    requirePositive("connect", connect);
    requirePositive("handshake", handshake);
    requirePositive("progress", progress);
    if (connectionBytes < 1 || connectionBytes > MAXIMUM_CONNECTION_BYTES) {
      throw new IllegalArgumentException(
          "a connection carries from 1 to %d bytes, not %d"
              .formatted(MAXIMUM_CONNECTION_BYTES, connectionBytes));
    }
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.toDays() > 366) {
      throw new IllegalArgumentException(
          "the %s timeout is positive and at most a year, not %s".formatted(name, duration));
    }
  }
}
