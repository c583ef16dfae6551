package io.maskwire.cli.output;

import java.util.Locale;

/** Numbers with units, for people. */
public final class Quantities {
  private Quantities() {}

  /** Bytes in decimal units: "236 kB". */
  public static String bytes(long bytes) {
    if (bytes < 10_000) {
      return String.format(Locale.ROOT, "%,d B", bytes);
    }
    if (bytes < 10_000_000) {
      return String.format(Locale.ROOT, "%,.0f kB", bytes / 1e3);
    }
    return bytes < 10_000_000_000L
        ? String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%,.2f GB", bytes / 1e9);
  }

  /** Milliseconds: "12.3 ms". */
  public static String millis(double millis) {
    return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
  }

  /** A small number: "1.2e-04". */
  public static String error(double error) {
    return error == 0 ? "0" : String.format(Locale.ROOT, "%.1e", error);
  }

  /** A rate: "5.6 million/s". */
  public static String rate(double perSecond) {
    if (perSecond >= 1e9) {
      return String.format(Locale.ROOT, "%.2f billion/s", perSecond / 1e9);
    }
    return perSecond >= 1e5
        ? String.format(Locale.ROOT, "%.2f million/s", perSecond / 1e6)
        : String.format(Locale.ROOT, "%,.0f /s", perSecond);
  }
}
