package io.maskwire.crypto.protocol;

import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.ring.BitWidth;
import java.util.ArrayList;
import java.util.List;

/**
 * z_j = 1{x >= 1} v_j for several payloads under one comparison (Gupta et al., SIGMA, PoPETS 2024,
 * select): maximum and its index together.
 *
 * <pre>
 *   d = 1{x >= 1} opened under e;  z_j = d^ v_j + (1 - 2 d^)(e v^_j - e r_j)
 * </pre>
 *
 * One message: a bit per element. Key per element: a DPF of b - 1 bits in common; e for the widest
 * payload and e r_j, n_j bits, for party 1. Precondition: |x| &lt; 2^(b-1), x on a masked wire of
 * at least b bits.
 */
public final class Select {
  private static final int SELECT = 0;

  private Select() {}

  /**
   * Public parameters.
   *
   * @param compared b, at least 2
   * @param outputs widths of the payloads and results, at least one
   */
  public record Parameters(BitWidth compared, List<BitWidth> outputs) {
    public Parameters {
      outputs = List.copyOf(outputs);
    }

    private BitWidth widest() {
      return outputs.stream().max(BitWidth::compareTo).orElseThrow();
    }
  }

  /** One comparison; secrets e and, for each payload, e r_j. */
  public static KeyLayout layout(Parameters parameters) {
    List<BitWidth> secrets = new ArrayList<>();
    secrets.add(parameters.widest());
    secrets.addAll(parameters.outputs());
    return new KeyLayout(List.of(Comparison.shape(parameters.compared())), secrets);
  }

  /** The function on a signed x and a payload. */
  public static long ideal(long x, long payload) {
    return x >= 1 ? payload : 0;
  }

  /**
   * The dealer's keys.
   *
   * @param mask of x
   * @param payloadMasks of the payloads
   */
  public static GateKeys generateKeys(
      Parameters parameters, DealerContext dealer, long[] mask, List<long[]> payloadMasks) {
    TreeKeys tree = Comparison.generateKeys(parameters.compared(), dealer, mask);
    long[] select = Comparison.blind(parameters.compared(), dealer, 0, mask);
    List<long[]> corrections = new ArrayList<>();
    corrections.add(dealer.correction(SELECT, select, parameters.widest()));
    for (int j = 0; j < payloadMasks.size(); j++) {
      long[] selected = Multiply.ideal(select, payloadMasks.get(j));
      corrections.add(dealer.correction(1 + j, selected, parameters.outputs().get(j)));
    }
    return new GateKeys(List.of(tree), corrections);
  }

  /** This party's message: bits of [d^], to be opened by XOR. */
  public static long[] begin(
      Parameters parameters, PartyContext party, TreeKeys tree, long[] maskedCondition) {
    return Comparison.begin(parameters.compared(), party, tree, 0, maskedCondition, 0);
  }

  /**
   * This party's share of payload {@code j}, selected.
   *
   * @param payload v_j
   * @param opened d^
   * @param shares this party's shares of the secrets
   */
  public static long[] finish(
      Role role, int j, Multiply.Operand payload, long[] opened, List<long[]> shares) {
    return Comparison.select(role, payload, opened, shares.get(SELECT), shares.get(1 + j));
  }
}
