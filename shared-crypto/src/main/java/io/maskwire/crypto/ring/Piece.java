package io.maskwire.crypto.ring;

/**
 * slope * max(x - threshold, 0): a piece of a piecewise linear function on integers.
 *
 * @param slope public factor
 * @param threshold public, in the scale of x
 */
public record Piece(long slope, long threshold) {
  /** The piece at a signed x. */
  public long apply(long x) {
    return slope * Math.max(x - threshold, 0);
  }
}
