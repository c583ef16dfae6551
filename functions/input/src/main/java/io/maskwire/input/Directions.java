package io.maskwire.input;

/** What a file says about the directions of a volume's axes. */
sealed interface Directions permits Directions.Assumed, Directions.Stated, Directions.Unusable {

  /**
   * The file does not say; the format has a convention for it.
   *
   * @param order by that convention
   * @param reason the rest of a sentence that begins with the file's name
   */
  record Assumed(Orientation order, String reason) implements Directions {}

  /** The file says. */
  record Stated(Orientation order) implements Directions {}

  /** The file says something that names no orientation, such as an axis of length 0. */
  record Unusable(String problem) implements Directions {}
}
