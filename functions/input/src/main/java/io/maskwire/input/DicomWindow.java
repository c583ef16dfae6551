package io.maskwire.input;

import java.util.regex.Pattern;

/**
 * The gray-scale of a DICOM image: rescale (PS3.3 section C.11.1), then the LINEAR window function
 * (section C.11.2.1.2.1) to 0 to 255. All steps are doubles in the order written.
 */
final class DicomWindow {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final int WINDOW_CENTER = 0x00281050;
  private static final int WINDOW_WIDTH = 0x00281051;
  private static final int RESCALE_INTERCEPT = 0x00281052;
  private static final int RESCALE_SLOPE = 0x00281053;
  private static final int VOI_LUT_FUNCTION = 0x00281056;
  private static final int VOI_LUT_SEQUENCE = 0x00283010;

  private enum Mode {
    /** Values stay in the units of the modality. */
    NONE,
    /** No window is known: the range that the stored bits can hold. */
    RANGE,
    /** Centre and width. */
    WINDOW
  }

  private final Mode mode;
  private final double center;
  private final double width;
  private final double slope;
  private final double intercept;

  private DicomWindow(Mode mode, double center, double width, double slope, double intercept) {
    this.mode = mode;
    this.center = center;
    this.width = width;
    this.slope = slope;
    this.intercept = intercept;
  }

  static DicomWindow of(String name, DicomDataset dataset, Preprocess.Window window) {
    double slope = decimal(name, dataset, RESCALE_SLOPE, "Rescale Slope", 1);
    double intercept = decimal(name, dataset, RESCALE_INTERCEPT, "Rescale Intercept", 0);
    return switch (window) {
      case Preprocess.Window.None() -> new DicomWindow(Mode.NONE, 0, 1, slope, intercept);
      case Preprocess.Window.Linear(double center, double width) ->
          new DicomWindow(Mode.WINDOW, center, width, slope, intercept);
      case Preprocess.Window.OfFile() -> ofFile(name, dataset, slope, intercept);
    };
  }

  private static DicomWindow ofFile(
      String name, DicomDataset dataset, double slope, double intercept) {
    String function =
        dataset.has(VOI_LUT_FUNCTION) ? dataset.text(VOI_LUT_FUNCTION, "VOI LUT Function") : "";
    if (dataset.has(VOI_LUT_SEQUENCE) || !(function.isEmpty() || function.equals("LINEAR"))) {
      throw new InputException(
          name,
          "the file's gray-scale is a table or not LINEAR; declare 'window: {center: C, width: W}'"
              + " or 'window: none' in preprocess.yaml");
    }
    if (!dataset.has(WINDOW_CENTER) || !dataset.has(WINDOW_WIDTH)) {
      return new DicomWindow(Mode.RANGE, 0, 1, slope, intercept);
    }
    double center = decimal(name, dataset, WINDOW_CENTER, "Window Center", 0);
    double width = decimal(name, dataset, WINDOW_WIDTH, "Window Width", 0);
    if (width < 1) {
      throw new InputException(
          name, "Window Width (0028,1051) is " + width + ", it must be at least 1");
    }
    return new DicomWindow(Mode.WINDOW, center, width, slope, intercept);
  }

  /**
   * Maps stored values in place.
   *
   * @param lowest the lowest value the stored bits can hold
   * @param highest the highest
   * @param inverted whether low values are bright (MONOCHROME1)
   */
  void apply(double[] values, double lowest, double highest, boolean inverted) {
    double low = lowest * slope + intercept;
    double high = highest * slope + intercept;
    double white = mode == Mode.NONE ? low + high : 255;
    for (int i = 0; i < values.length; i++) {
      double v = values[i] * slope + intercept;
      double mapped =
          switch (mode) {
            case NONE -> v;
            case RANGE -> (v - low) / (high - low) * 255;
            case WINDOW -> window(v);
          };
      values[i] = inverted ? white - mapped : mapped;
    }
  }

  private double window(double v) {
    double middle = center - 0.5;
    double half = (width - 1) / 2;
    if (v <= middle - half) {
      return 0;
    }
    return v > middle + half ? 255 : ((v - middle) / (width - 1) + 0.5) * 255;
  }

  private static double decimal(
      String name, DicomDataset dataset, int tag, String field, double missing) {
    if (!dataset.has(tag)) {
      return missing;
    }
    String text = dataset.text(tag, field);
    // A DS value has at most 16 characters; the limit keeps the pattern cheap.
    if (text.length() > 32 || !DECIMAL.matcher(text).matches()) {
      throw new InputException(name, field + " is not a decimal number; export it again");
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value) || (tag == RESCALE_SLOPE && value == 0)) {
      throw new InputException(name, field + " is " + value + ", which makes no image");
    }
    return value;
  }
}
