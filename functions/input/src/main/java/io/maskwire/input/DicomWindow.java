package io.maskwire.input;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The gray-scale of a DICOM image: rescale (PS3.3 section C.11.1), then the window functions
 * (section C.11.2.1) to 0 to 255. All steps are doubles in the order written.
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

  /** What the stored bits can hold. */
  record Range(double lowest, double highest) {}

  private enum Mode {
    /** Values stay in the units of the modality. */
    NONE,
    /** No window is known: the range that the stored bits can hold. */
    RANGE,
    /** Centre and width, pixel centres at halves (section C.11.2.1.2.1). */
    LINEAR,
    /** Centre and width as they are (section C.11.2.1.3.2). */
    LINEAR_EXACT,
    /** Never quite black or white (section C.11.2.1.3.1). */
    SIGMOID
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
    double slope = rescale(name, dataset, RESCALE_SLOPE, "Rescale Slope", 1);
    double intercept = rescale(name, dataset, RESCALE_INTERCEPT, "Rescale Intercept", 0);
    if (slope == 0) {
      throw new InputException(
          name, "Rescale Slope (0028,1053) is 0, which makes no image; export it again");
    }
    return switch (window) {
      case Preprocess.Window.None() -> new DicomWindow(Mode.NONE, 0, 1, slope, intercept);
      case Preprocess.Window.Linear(double center, double width) ->
          new DicomWindow(Mode.LINEAR, center, width, slope, intercept);
      case Preprocess.Window.OfFile() -> ofFile(name, dataset, slope, intercept);
    };
  }

  /** The first window with a centre and a width that its function can use; empty ones are many. */
  private static DicomWindow ofFile(
      String name, DicomDataset dataset, double slope, double intercept) {
    List<String> centers = dataset.texts(WINDOW_CENTER);
    List<String> widths = dataset.texts(WINDOW_WIDTH);
    for (int i = 0; i < Math.min(centers.size(), widths.size()); i++) {
      if (centers.get(i).isEmpty() || widths.get(i).isEmpty()) {
        continue;
      }
      double center = decimal(name, centers.get(i), "Window Center");
      double width = decimal(name, widths.get(i), "Window Width");
      if (width > 0) {
        Mode mode = function(name, dataset);
        if (mode != Mode.LINEAR || width >= 1) {
          return new DicomWindow(mode, center, width, slope, intercept);
        }
      }
    }
    if (dataset.hasValue(VOI_LUT_SEQUENCE)) {
      throw unknownGrayScale(name, "is a table");
    }
    return new DicomWindow(Mode.RANGE, 0, 1, slope, intercept);
  }

  private static Mode function(String name, DicomDataset dataset) {
    List<String> functions = dataset.texts(VOI_LUT_FUNCTION);
    return switch (functions.isEmpty() ? "" : functions.getFirst()) {
      case "", "LINEAR" -> Mode.LINEAR;
      case "LINEAR_EXACT" -> Mode.LINEAR_EXACT;
      case "SIGMOID" -> Mode.SIGMOID;
      default -> throw unknownGrayScale(name, "has an unknown VOI LUT Function (0028,1056)");
    };
  }

  private static InputException unknownGrayScale(String name, String problem) {
    return new InputException(
        name,
        "the file's gray-scale "
            + problem
            + "; declare 'window: {center: C, width: W}' or 'window: none' in preprocess.yaml");
  }

  /**
   * Maps stored values in place.
   *
   * @param padding which of them are padding and so become background
   * @param range what the stored bits can hold
   * @param inverted whether low values are bright (MONOCHROME1)
   */
  void apply(double[] values, BitSet padding, Range range, boolean inverted) {
    double first = range.lowest() * slope + intercept;
    double last = range.highest() * slope + intercept;
    double low = Math.min(first, last);
    double high = Math.max(first, last);
    double white = mode == Mode.NONE ? low + high : 255;
    for (int i = 0; i < values.length; i++) {
      double v = values[i] * slope + intercept;
      if (padding.get(i)) {
        values[i] = mode == Mode.NONE ? Math.min(v, white - v) : 0;
        continue;
      }
      double mapped =
          switch (mode) {
            case NONE -> v;
            case RANGE -> (v - low) / (high - low) * 255;
            case LINEAR -> linear(v);
            case LINEAR_EXACT -> linearExact(v);
            case SIGMOID -> 255 / (1 + Exponential.of(-4 * (v - center) / width));
          };
      values[i] = inverted ? white - mapped : mapped;
    }
  }

  private double linear(double v) {
    double middle = center - 0.5;
    double half = (width - 1) / 2;
    if (v <= middle - half) {
      return 0;
    }
    return v > middle + half ? 255 : ((v - middle) / (width - 1) + 0.5) * 255;
  }

  private double linearExact(double v) {
    if (v <= center - width / 2) {
      return 0;
    }
    return v > center + width / 2 ? 255 : ((v - center) / width + 0.5) * 255;
  }

  private static double rescale(
      String name, DicomDataset dataset, int tag, String field, double missing) {
    List<String> values = dataset.texts(tag);
    return values.isEmpty() || values.getFirst().isEmpty()
        ? missing
        : decimal(name, values.getFirst(), field);
  }

  private static double decimal(String name, String text, String field) {
    // A DS value has at most 16 characters; the limit keeps the pattern cheap.
    if (text.length() > 32 || !DECIMAL.matcher(text).matches()) {
      throw new InputException(name, field + " is not a decimal number; export it again");
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new InputException(
          name, field + " is " + value + ", which makes no image; export it again");
    }
    return value;
  }
}
