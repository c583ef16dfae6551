package io.maskwire.input;

/**
 * The stored values that mean "no image here" (PS3.3 section C.7.5.1.1.2): from Pixel Padding Value
 * to Pixel Padding Range Limit, in either order, both included.
 *
 * @param low the lowest of them
 * @param high the highest; below {@code low} where the file has no padding
 */
record DicomPadding(int low, int high) {
  private static final DicomPadding ABSENT = new DicomPadding(0, -1);
  private static final int VALUE = 0x00280120;
  private static final int RANGE_LIMIT = 0x00280121;

  /**
   * What {@code dataset} declares.
   *
   * @param signed whether Pixel Representation says so: it decides about US or SS, whatever the
   *     file has as representation
   */
  static DicomPadding of(DicomDataset dataset, boolean signed) {
    if (!dataset.hasValue(VALUE)) {
      return ABSENT;
    }
    int value = number(dataset, VALUE, "Pixel Padding Value", signed);
    int limit =
        dataset.hasValue(RANGE_LIMIT)
            ? number(dataset, RANGE_LIMIT, "Pixel Padding Range Limit", signed)
            : value;
    return new DicomPadding(Math.min(value, limit), Math.max(value, limit));
  }

  private static int number(DicomDataset dataset, int tag, String field, boolean signed) {
    int number = dataset.number(tag, field);
    return signed ? (short) number : number;
  }

  /**
   * Whether a pixel is padding.
   *
   * @param stored its stored bits
   * @param cell all allocated bits: padding is at times a value that the stored ones cannot hold
   */
  boolean contains(int stored, int cell) {
    return (low <= stored && stored <= high) || (low <= cell && cell <= high);
  }
}
