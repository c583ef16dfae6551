package io.maskwire.crypto.execution;

import java.util.ArrayList;
import java.util.List;

/**
 * Statistics over many sessions. Columns are bits of the view, rows are sessions. Three tests, each
 * with a threshold for which a right implementation fails once in a million runs or less, however
 * many bits the view has (Bonferroni: the threshold's tail times the number of tests):
 *
 * <ul>
 *   <li>every bit is 1 in half of the sessions: |z| &lt; 7, tail 2.6e-12, some 10^4 bits;
 *   <li>every two bits are equal in half of the sessions: |z| &lt; 8.5, tail 1.9e-17, some 10^8
 *       pairs; this is what finds a mask, a root or a blind bit that is used twice or not at all;
 *   <li>the lowest and the highest four bits of every value take all combinations equally often, by
 *       chi-square: z &lt; 7 after the transform of Wilson and Hilferty, some 10^3 values; and two
 *       samples of sessions take them in the same proportions.
 * </ul>
 */
final class Uniformity {
  static final double BIT_LIMIT = 7;
  static final double PAIR_LIMIT = 8.5;
  static final double CHI_SQUARE_LIMIT = 7;
  private static final int NIBBLE = 4;

  /** Findings beyond these are not listed: a fixed seed would give all pairs. */
  private static final int MOST_LISTED = 20;

  private final int sessions;
  private final List<String> names = new ArrayList<>();
  private final List<long[]> columns = new ArrayList<>();
  private final List<String> nibbleNames = new ArrayList<>();
  private final List<int[]> histograms = new ArrayList<>();
  private int session;

  Uniformity(int sessions) {
    this.sessions = sessions;
  }

  int bits() {
    return columns.size();
  }

  /** Adds the next session. */
  void add(SessionView view) {
    int column = 0;
    int nibble = 0;
    for (SessionView.Segment segment : view.segments()) {
      for (int i = 0; i < segment.values().length; i++) {
        long value = segment.values()[i];
        int width = segment.width().bits();
        for (int bit = 0; bit < width; bit++, column++) {
          addBit(column, segment.name() + " [" + i + "] bit " + bit, value >>> bit & 1);
        }
        int size = Math.min(NIBBLE, width);
        count(nibble++, segment.name() + " [" + i + "] low", size, value);
        count(nibble++, segment.name() + " [" + i + "] high", size, value >>> (width - size));
      }
    }
    session++;
  }

  private void addBit(int column, String name, long bit) {
    if (session == 0) {
      names.add(name);
      columns.add(new long[(sessions + 63) / 64]);
    }
    columns.get(column)[session >> 6] |= bit << (session & 63);
  }

  private void count(int nibble, String name, int bits, long value) {
    if (session == 0) {
      nibbleNames.add(name);
      histograms.add(new int[1 << bits]);
    }
    int[] histogram = histograms.get(nibble);
    histogram[(int) value & (histogram.length - 1)]++;
  }

  /** Bits that are not balanced. */
  List<String> unbalancedBits() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int ones = 0;
      for (long word : columns.get(i)) {
        ones += Long.bitCount(word);
      }
      if (Math.abs(z(ones)) >= BIT_LIMIT) {
        found.add(names.get(i) + ": z = " + z(ones));
      }
    }
    return found;
  }

  /** Pairs of bits that are not independent. */
  List<String> dependentPairs() {
    List<String> found = new ArrayList<>();
    double half = PAIR_LIMIT * Math.sqrt(sessions) / 2;
    long[][] all = columns.toArray(long[][]::new);
    for (int i = 0; i < all.length; i++) {
      long[] a = all[i];
      for (int j = 0; j < i && found.size() < MOST_LISTED; j++) {
        long[] b = all[j];
        int different = 0;
        for (int word = 0; word < a.length; word++) {
          different += Long.bitCount(a[word] ^ b[word]);
        }
        if (Math.abs(different - sessions / 2.0) >= half) {
          found.add(names.get(j) + " and " + names.get(i) + ": z = " + z(different));
        }
      }
    }
    return found;
  }

  private double z(int count) {
    return (count - sessions / 2.0) / (Math.sqrt(sessions) / 2);
  }

  /** Values whose low or high bits do not take all combinations equally often. */
  List<String> unevenValues() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < histograms.size(); i++) {
      int[] histogram = histograms.get(i);
      double expected = (double) sessions / histogram.length;
      double sum = 0;
      for (int count : histogram) {
        sum += (count - expected) * (count - expected) / expected;
      }
      report(found, nibbleNames.get(i), normalized(sum, histogram.length - 1));
    }
    return found;
  }

  /** Values that two samples do not take in the same proportions. */
  static List<String> differences(Uniformity first, Uniformity second) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < first.histograms.size(); i++) {
      int[] a = first.histograms.get(i);
      int[] b = second.histograms.get(i);
      double sum = 0;
      for (int value = 0; value < a.length; value++) {
        double expected = (a[value] + b[value]) / 2.0;
        double difference = a[value] - expected;
        sum += expected == 0 ? 0 : 2 * difference * difference / expected;
      }
      report(found, first.nibbleNames.get(i), normalized(sum, a.length - 1));
    }
    return found;
  }

  private static void report(List<String> found, String name, double z) {
    if (z >= CHI_SQUARE_LIMIT) {
      found.add(name + ": z = " + z);
    }
  }

  /** A chi-square sum as a normal deviate (Wilson, Hilferty, 1931). */
  private static double normalized(double sum, int degrees) {
    double variance = 2.0 / (9 * degrees);
    return (Math.cbrt(sum / degrees) - (1 - variance)) / Math.sqrt(variance);
  }
}
