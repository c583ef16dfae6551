package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.IndexMap;
import java.util.Arrays;
import java.util.List;

/**
 * The linear local gates on plain vectors: the same for values, public values, masks and shares.
 */
final class LocalGates {
  private LocalGates() {}

  /**
   * sum of coefficient times vector, plus {@code constant}.
   *
   * @param vectors in the order of the terms
   */
  static long[] combine(List<Gate.Combine.Term> terms, List<long[]> vectors, long constant) {
    long[] sum = new long[vectors.getFirst().length];
    Arrays.fill(sum, constant);
    for (int j = 0; j < vectors.size(); j++) {
      long[] vector = vectors.get(j);
      long coefficient = terms.get(j).coefficient();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += coefficient * vector[i];
      }
    }
    return sum;
  }

  /** The sums of {@code map} over the concatenation of {@code sources}. */
  static long[] gather(List<long[]> sources, IndexMap map) {
    long[] source = sources.size() == 1 ? sources.getFirst() : concatenate(sources);
    int terms = map.terms();
    int[] indices = map.indices();
    long[] gathered = new long[map.outputCount()];
    for (int i = 0, at = 0; i < gathered.length; i++) {
      long sum = 0;
      for (int j = 0; j < terms; j++, at++) {
        int index = indices[at];
        sum += index == IndexMap.NOTHING ? 0 : source[index];
      }
      gathered[i] = sum;
    }
    return gathered;
  }

  private static long[] concatenate(List<long[]> sources) {
    long[] all = new long[sources.stream().mapToInt(source -> source.length).sum()];
    int at = 0;
    for (long[] source : sources) {
      System.arraycopy(source, 0, all, at, source.length);
      at += source.length;
    }
    return all;
  }
}
