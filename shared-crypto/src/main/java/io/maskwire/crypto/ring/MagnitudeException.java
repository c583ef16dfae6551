package io.maskwire.crypto.ring;

/** An input has values beyond the bound that the model was compiled for. All are real numbers. */
public final class MagnitudeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final float largest;

  /**
   * An element that is too large.
   *
   * @param element its flat index, the first of them
   * @param value what it is
   * @param largest largest magnitude of all elements
   * @param bound largest magnitude that the model was compiled for
   */
  MagnitudeException(int element, float value, float largest, double bound) {
    super(
        "element %d is %s; the model was compiled for magnitudes up to %s"
            .formatted(element, value, bound));
    this.largest = largest;
  }

  /** The bound that would admit the whole input; infinite if none would. */
  public float largest() {
    return largest;
  }
}
