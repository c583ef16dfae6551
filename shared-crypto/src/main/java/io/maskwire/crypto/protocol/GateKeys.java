package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.TreeKeys;
import java.util.List;

/**
 * Key material of one slice of one gate.
 *
 * @param trees for the common blob, in the order of the layout
 * @param corrections for party 1, in the order of the layout, one value an element
 */
public record GateKeys(List<TreeKeys> trees, List<long[]> corrections) {
  public GateKeys {
    trees = List.copyOf(trees);
    corrections = List.copyOf(corrections);
  }

  @Override
  public String toString() {
    return "GateKeys[" + trees.size() + " trees, " + corrections.size() + " corrections]";
  }
}
