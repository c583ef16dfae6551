package io.maskwire.crypto.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What instrumented code did: every branch that it took, every array index and every operand of a
 * division, in order. One trace at a time, for one thread.
 */
public final class Trace {
  private static final List<String> SITES = new ArrayList<>();

  private static long[] events = new long[1 << 16];
  private static int length;

  private Trace() {}

  /** A number for a place in the code. */
  static int site(String place) {
    SITES.add(place);
    return SITES.size() - 1;
  }

  /** Called by instrumented code where its control flow has come to {@code site}. */
  public static void reached(int site) {
    add((long) site << Integer.SIZE);
  }

  /** Called by instrumented code before it uses {@code value} as an index. */
  public static void used(int value, int site) {
    add(((long) site << Integer.SIZE) | Integer.toUnsignedLong(value));
  }

  /** Called by instrumented code before it divides. */
  public static void divides(long dividend, long divisor, int site) {
    used(Long.hashCode(31 * dividend + divisor), site);
  }

  private static void add(long event) {
    if (length == events.length) {
      events = Arrays.copyOf(events, 2 * length);
    }
    events[length++] = event;
  }

  /** The trace of {@code run}. */
  static long[] of(Runnable run) {
    length = 0;
    run.run();
    return Arrays.copyOf(events, length);
  }

  /** {@code trace} without what happened at the places that {@code excluded} names. */
  static long[] without(long[] trace, Predicate<String> excluded) {
    return Arrays.stream(trace)
        .filter(event -> !excluded.test(SITES.get((int) (event >>> Integer.SIZE))))
        .toArray();
  }

  /** Where two traces first differ, empty if nowhere. */
  static String difference(long[] one, long[] other) {
    int at = Arrays.mismatch(one, other);
    if (at < 0) {
      return "";
    }
    return "event %d: %s, %s".formatted(at, describe(one, at), describe(other, at));
  }

  private static String describe(long[] trace, int at) {
    return at == trace.length
        ? "the end"
        : "%s with %d".formatted(SITES.get((int) (trace[at] >>> Integer.SIZE)), (int) trace[at]);
  }
}
