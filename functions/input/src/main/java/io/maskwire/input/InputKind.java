package io.maskwire.input;

/** What a file holds, and therefore which preprocessing steps make sense for it. */
public enum InputKind {
  /** A picture: height, width, 1 or 3 channels, samples from 0 (black) to 255 (white). */
  IMAGE("image"),
  /** A saved tensor, ready for the model unless {@code preprocess.yaml} says more. */
  TENSOR("tensor"),
  /** A scanned volume: three axes x, y, z in the units of the file. */
  VOLUME("volume");

  private final String label;

  InputKind(String label) {
    this.label = label;
  }

  /** The word used in {@code preprocess.yaml}. */
  public String label() {
    return label;
  }
}
