package io.maskwire.crypto.protocol;

/** Which of the two parties. Roles are fixed per model version. */
public enum Role {
  /** Expands its share of every secret from its seed; adds public values to shares. */
  PARTY_0(0),
  /** Receives corrections from the dealer. */
  PARTY_1(1);

  private final int index;

  Role(int index) {
    this.index = index;
  }

  /** 0 or 1. */
  public int index() {
    return index;
  }

  /** The other party. */
  public Role other() {
    return this == PARTY_0 ? PARTY_1 : PARTY_0;
  }

  /** The role numbered {@code index}. */
  public static Role of(int index) {
    return switch (index) {
      case 0 -> PARTY_0;
      case 1 -> PARTY_1;
      default -> throw new IllegalArgumentException("roles are 0 and 1, not " + index);
    };
  }

  /** All ones for party 0, zero for party 1: multiplies public values without a branch. */
  long selectsPublic() {
    return this == PARTY_0 ? -1L : 0L;
  }

  /**
   * This party's share of a masked vector: [v]_p = (p == 0 ? v^ : 0) - r_vp.
   *
   * @param masked v^
   * @param mask this party's share of r_v
   */
  public long[] shareOf(long[] masked, long[] mask) {
    long[] share = new long[mask.length];
    long selects = selectsPublic();
    for (int i = 0; i < share.length; i++) {
      share[i] = (masked[i] & selects) - mask[i];
    }
    return share;
  }
}
