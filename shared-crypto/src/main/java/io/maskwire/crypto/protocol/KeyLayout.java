package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.TreeShape;
import io.maskwire.crypto.ring.BitWidth;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gate's key material consists of, per element: trees in the common blob, and secrets whose
 * shares party 0 expands and party 1 receives as corrections.
 *
 * @param trees common keys
 * @param secrets widths of the shared secrets; the position is the part number of the PRG label
 */
public record KeyLayout(List<TreeShape> trees, List<BitWidth> secrets) {
  public KeyLayout {
    trees = List.copyOf(trees);
    secrets = List.copyOf(secrets);
  }

  /** The layout of a gate that has only corrections. */
  static KeyLayout ofSecrets(BitWidth... secrets) {
    return new KeyLayout(List.of(), List.of(secrets));
  }

  /** Bytes in the common blob for {@code count} elements. */
  public long commonBytes(int count) {
    return trees.stream().mapToLong(tree -> tree.keyBytes(count)).sum();
  }

  /** Bytes of corrections for {@code count} elements. */
  public long correctionBytes(int count) {
    return secrets.stream().mapToLong(width -> width.packedBytes(count)).sum();
  }

  /** Party 0's shares, from its seed. */
  public List<long[]> expandShares(PartyContext context, int count) {
    List<long[]> shares = new ArrayList<>();
    for (int part = 0; part < secrets.size(); part++) {
      shares.add(context.randomness().secretShare(part, count, secrets.get(part)));
    }
    return shares;
  }
}
