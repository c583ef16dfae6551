package io.maskwire.cli.demo;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Products of dense float matrices, a row per array. Each element is summed in index order by one
 * thread, without fused multiply-add, so that the result does not depend on threads or processor.
 *
 * <p>The inner loop runs from zero along rows that all share one index: the form that the JIT turns
 * into vector instructions. Started elsewhere it stays scalar and takes five times as long, so
 * tiles are copied to arrays of their own.
 */
final class Matrix {

  /**
   * Rows of the left factor per task, and the tile of the right one that stays in the second-level
   * cache.
   */
  private static final int ROWS = 64;

  private static final int COLUMNS = 512;
  private static final int DEPTH = 64;

  private Matrix() {}

  /** The product of {@code a} and {@code b}. */
  static float[][] multiply(float[][] a, float[][] b) {
    requireDepth(a, b);
    float[][] product = new float[a.length][b[0].length];
    inBlocks(a.length, from -> multiplyRows(a, b, product, from, 0));
    return product;
  }

  /** All inner products of the rows of {@code a}. */
  static float[][] gram(float[][] a) {
    float[][] transposed = transpose(a);
    float[][] product = new float[a.length][a.length];
    // Column blocks start at the row block, for the matrix is symmetric; the rest is mirrored.
    inBlocks(a.length, from -> multiplyRows(a, transposed, product, from, from));
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        product[i][j] = product[j][i];
      }
    }
    return product;
  }

  static float[][] transpose(float[][] a) {
    float[][] transposed = new float[a[0].length][a.length];
    for (int start = 0; start < a[0].length; start += DEPTH) {
      int end = Math.min(a[0].length, start + DEPTH);
      for (int i = 0; i < a.length; i++) {
        for (int j = start; j < end; j++) {
          transposed[j][i] = a[i][j];
        }
      }
    }
    return transposed;
  }

  private static void requireDepth(float[][] a, float[][] b) {
    if (a[0].length != b.length) {
      throw new IllegalArgumentException(
          "shapes differ: [%d, %d] and [%d, %d]"
              .formatted(a.length, a[0].length, b.length, b[0].length));
    }
  }

  private static void inBlocks(int rows, IntConsumer block) {
    IntStream.range(0, (rows + ROWS - 1) / ROWS).parallel().forEach(n -> block.accept(n * ROWS));
  }

  private static void multiplyRows(
      float[][] a, float[][] b, float[][] product, int from, int firstColumn) {
    int rows = Math.min(ROWS, a.length - from);
    int columns = b[0].length;
    for (int column = firstColumn; column < columns; column += COLUMNS) {
      int width = Math.min(COLUMNS, columns - column);
      float[][] sums = new float[rows][width];
      float[][] tile = new float[DEPTH][width];
      for (int depth = 0; depth < b.length; depth += DEPTH) {
        int height = Math.min(DEPTH, b.length - depth);
        for (int k = 0; k < height; k++) {
          System.arraycopy(b[depth + k], column, tile[k], 0, width);
        }
        for (int row = 0; row < rows; row++) {
          float[] factors = Arrays.copyOfRange(a[from + row], depth, depth + height);
          accumulate(factors, tile, sums[row]);
        }
      }
      for (int row = 0; row < rows; row++) {
        System.arraycopy(sums[row], 0, product[from + row], column, width);
      }
    }
  }

  private static void accumulate(float[] factors, float[][] tile, float[] sum) {
    int k = 0;
    for (; k + 8 <= factors.length; k += 8) {
      addEight(factors, tile, k, sum);
    }
    for (; k < factors.length; k++) {
      float factor = factors[k];
      float[] row = tile[k];
      for (int j = 0; j < sum.length; j++) {
        sum[j] += factor * row[j];
      }
    }
  }

  private static void addEight(float[] a, float[][] b, int k, float[] sum) {
    float f0 = a[k];
    float f1 = a[k + 1];
    float f2 = a[k + 2];
    float f3 = a[k + 3];
    float f4 = a[k + 4];
    float f5 = a[k + 5];
    float f6 = a[k + 6];
    float f7 = a[k + 7];
    float[] b0 = b[k];
    float[] b1 = b[k + 1];
    float[] b2 = b[k + 2];
    float[] b3 = b[k + 3];
    float[] b4 = b[k + 4];
    float[] b5 = b[k + 5];
    float[] b6 = b[k + 6];
    float[] b7 = b[k + 7];
    for (int j = 0; j < sum.length; j++) {
      sum[j] =
          sum[j]
              + f0 * b0[j]
              + f1 * b1[j]
              + f2 * b2[j]
              + f3 * b3[j]
              + f4 * b4[j]
              + f5 * b5[j]
              + f6 * b6[j]
              + f7 * b7[j];
    }
  }
}
