package io.maskwire.compiler.importer;

import io.maskwire.crypto.ir.IndexMap;
import io.maskwire.crypto.ir.Operator;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Maxima and averages over sliding windows. */
final class PoolingRules {
  /** How often an element may count in a sum that stands for several divisors. */
  private static final int LARGEST_REPETITION = 16;

  private PoolingRules() {}

  static final Map<String, Rule> RULES =
      Map.of(
          "MaxPool", Rule.single(PoolingRules::maximum),
          "AveragePool", Rule.single(PoolingRules::average),
          "GlobalMaxPool", Rule.single(node -> global(node, true)),
          "GlobalAveragePool", Rule.single(node -> global(node, false)));

  private static Imported maximum(ImportNode node) {
    Window window = window(node);
    if (!isSeparable(window)) {
      return maximum(node, node.secret(0), window);
    }
    Imported.Secret result = node.secret(0);
    int[] lengths = window.input();
    for (int axis = lengths.length - 1; axis >= 0; axis--) {
      if (window.kernel()[axis] > 1 || window.strides()[axis] > 1) {
        Window part = window.along(axis, lengths);
        result = maximum(node, result, part);
        lengths = part.output();
      }
    }
    return result;
  }

  private static Imported.Secret maximum(ImportNode node, Imported.Secret source, Window window) {
    Windows windows = windows(node, window);
    Operator operator =
        new Operator.Maximum(IndexMap.sums(windows.withoutPadding(), windows.size()));
    return node.builder().add(node.name(), operator, result(node, window), source);
  }

  /**
   * True if windows overlap and going axis by axis takes no more levels: neighbours then share
   * comparisons.
   */
  private static boolean isSeparable(Window window) {
    int levels = 0;
    int size = 1;
    boolean overlapping = false;
    for (int axis = 0; axis < window.kernel().length; axis++) {
      levels += levels(window.kernel()[axis]);
      size *= window.kernel()[axis];
      overlapping |= window.strides()[axis] < window.kernel()[axis];
    }
    return overlapping && levels == levels(size);
  }

  private static int levels(int candidates) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(candidates - 1);
  }

  private static Window window(ImportNode node) {
    int[] input = ConvolutionRules.spatial(node.shape(0));
    Window window = Window.of(node.attributes(), input, node.attributes().integers("kernel_shape"));
    if (node.attributes().text("auto_pad", "NOTSET").startsWith("SAME") && skipsElements(window)) {
      // the equation for pads is negative then: implementations take another element of each stride
      throw new UnsupportedNodeException("auto_pad SAME that would skip elements; give pads");
    }
    return window;
  }

  /**
   * True if two elements or more at the end are in no window, so that it matters where windows
   * start.
   */
  private static boolean skipsElements(Window window) {
    for (int i = 0; i < window.input().length; i++) {
      int extent = (window.kernel()[i] - 1) * window.dilations()[i] + 1;
      int end = (window.output()[i] - 1) * window.strides()[i] + extent;
      if (window.input()[i] - end > 1) {
        return true;
      }
    }
    return false;
  }

  private static Windows windows(ImportNode node, Window window) {
    Shape shape = node.shape(0);
    return Windows.of(window, shape.dimension(0) * shape.dimension(1));
  }

  private static Shape result(ImportNode node, Window window) {
    int[] dimensions = node.shape(0).toArray();
    System.arraycopy(window.output(), 0, dimensions, 2, window.output().length);
    return Shape.of(dimensions);
  }

  private static Imported average(ImportNode node) {
    Window window = window(node);
    Windows windows = windows(node, window);
    boolean padded = node.attributes().integer("count_include_pad", 0) != 0;
    int[] divisors = padded ? windows.covered() : windows.valid();
    if (Arrays.stream(divisors).anyMatch(divisor -> divisor == 0)) {
      throw new UnsupportedNodeException("a pooling window that lies in the padding entirely");
    }
    Shape result = result(node, window);
    int multiple = Arrays.stream(divisors).distinct().reduce(1, PoolingRules::multiple);
    int least = Arrays.stream(divisors).min().orElse(1);
    return multiple / least <= LARGEST_REPETITION
        ? repeated(node, windows, divisors, multiple, result)
        : averages(node, windows, divisors, result);
  }

  private static int multiple(int a, int b) {
    int divisor = a;
    for (int rest = b; rest != 0; ) {
      int next = divisor % rest;
      divisor = rest;
      rest = next;
    }
    return Math.clamp((long) a / divisor * b, 1, Integer.MAX_VALUE / 2);
  }

  /** One sum in which windows with a smaller divisor count more often, divided once. */
  private static Imported repeated(
      ImportNode node, Windows windows, int[] divisors, int multiple, Shape result) {
    int[] valid = windows.valid();
    int terms = 1;
    for (int o = 0; o < divisors.length; o++) {
      terms = Math.max(terms, valid[o] * (multiple / divisors[o]));
    }
    GraphBuilder.requireElements((long) divisors.length * terms);
    int[] positions = new int[divisors.length * terms];
    Arrays.fill(positions, IndexMap.NOTHING);
    for (int o = 0; o < divisors.length; o++) {
      int next = o * terms;
      for (int k = o * windows.size(); k < (o + 1) * windows.size(); k++) {
        for (int i = multiple / divisors[o]; windows.positions()[k] >= 0 && i > 0; i--) {
          positions[next++] = windows.positions()[k];
        }
      }
    }
    return GraphBuilder.reshape(mean(node, positions, terms, multiple), result);
  }

  /** A sum for each divisor, scaled, and all of them put together. */
  private static Imported averages(ImportNode node, Windows windows, int[] divisors, Shape result) {
    List<Imported.Secret> parts = new ArrayList<>();
    int[] order = new int[divisors.length];
    int start = 0;
    for (int divisor : Arrays.stream(divisors).distinct().sorted().toArray()) {
      int[] outputs =
          java.util.stream.IntStream.range(0, divisors.length)
              .filter(o -> divisors[o] == divisor)
              .toArray();
      int[] positions = new int[outputs.length * windows.size()];
      for (int i = 0; i < outputs.length; i++) {
        order[outputs[i]] = start + i;
        System.arraycopy(
            windows.positions(),
            outputs[i] * windows.size(),
            positions,
            i * windows.size(),
            windows.size());
      }
      parts.add(mean(node, positions, windows.size(), divisor));
      start += outputs.length;
    }
    Imported.Secret[] secrets = parts.toArray(Imported.Secret[]::new);
    if (secrets.length == 1) {
      return GraphBuilder.reshape(secrets[0], result);
    }
    Operator together = new Operator.Gather(IndexMap.takeOwnershipOf(order));
    return node.builder().add(node.name(), together, result, secrets);
  }

  private static Imported.Secret mean(ImportNode node, int[] positions, int terms, int divisor) {
    Shape shape = Shape.of(positions.length / terms);
    Operator sums = new Operator.Gather(IndexMap.sums(positions, terms));
    Imported.Secret sum = node.builder().add(node.name(), sums, shape, node.secret(0));
    return divisor == 1
        ? sum
        : node.builder().add(node.name(), new Operator.Scale(1.0 / divisor), shape, sum);
  }

  private static Imported global(ImportNode node, boolean maximum) {
    Shape shape = node.shape(0);
    int[] axes = new int[shape.rank() - 2];
    Arrays.setAll(axes, i -> i + 2);
    Reduction reduction = Reduction.of(shape, axes, true);
    return maximum ? reduction.maximum(node) : reduction.mean(node);
  }
}
