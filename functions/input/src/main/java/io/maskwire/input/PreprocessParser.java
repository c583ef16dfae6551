package io.maskwire.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a {@link Preprocess} from YAML; keys and meanings are in {@code docs/PREPROCESS.md}. */
final class PreprocessParser {
  private static final int MAX_SIDE = 1 << 15;
  private static final List<String> EVERY_KIND = List.of("version", "input");
  private static final List<String> ARITHMETIC =
      List.of("clip", "scale", "normalize", "mean", "std");
  private static final List<String> IMAGE =
      keys(List.of("frame", "window", "channels", "crop", "resize", "layout"));
  private static final List<String> VOLUME =
      keys(List.of("frame", "nonfinite", "orientation", "axes", "crop", "resize"));
  private static final List<String> TENSOR = keys(List.of("nonfinite"));

  private final YamlMapping yaml;
  private final InputKind kind;

  private PreprocessParser(YamlMapping yaml, InputKind kind) {
    this.yaml = yaml;
    this.kind = kind;
  }

  static Preprocess parse(String source, String text) {
    YamlMapping yaml = YamlMapping.parse(source, text);
    if (!yaml.text("version").equals("1")) {
      throw yaml.error("version", "is not 1, the only version there is");
    }
    InputKind kind = yaml.choice("input", InputKind.values());
    yaml.allowOnly(
        switch (kind) {
          case IMAGE -> IMAGE;
          case TENSOR -> TENSOR;
          case VOLUME -> VOLUME;
        },
        " for 'input: " + kind.label() + "'");
    PreprocessParser parser = new PreprocessParser(yaml, kind);
    return new Preprocess(
        source, Optional.of(kind), parser.selection(), parser.geometry(), parser.intensity());
  }

  private static List<String> keys(List<String> own) {
    List<String> all = new ArrayList<>(EVERY_KIND);
    all.addAll(own);
    all.addAll(ARITHMETIC);
    return List.copyOf(all);
  }

  private Preprocess.Selection selection() {
    OptionalInt frame =
        yaml.has("frame")
            ? OptionalInt.of(yaml.integer("frame", 0, MAX_SIDE - 1))
            : OptionalInt.empty();
    Preprocess.NonFinite nonFinite =
        yaml.has("nonfinite")
            ? yaml.choice("nonfinite", Preprocess.NonFinite.values())
            : Preprocess.NonFinite.REFUSE;
    return new Preprocess.Selection(frame, window(), nonFinite);
  }

  private Preprocess.Window window() {
    if (!yaml.has("window")) {
      return new Preprocess.Window.OfFile();
    }
    if (!yaml.isScalar("window")) {
      YamlMapping window = yaml.mapping("window");
      window.allowOnly(List.of("center", "width"), " in 'window'");
      double width = window.decimal("width");
      if (width < 1) {
        throw window.error("width", "is " + width + "; it must be at least 1");
      }
      return new Preprocess.Window.Linear(window.decimal("center"), width);
    }
    return switch (yaml.text("window")) {
      case "file" -> new Preprocess.Window.OfFile();
      case "none" -> new Preprocess.Window.None();
      default -> throw yaml.error("window", "must be file, none or {center: C, width: W}");
    };
  }

  private Preprocess.Geometry geometry() {
    return new Preprocess.Geometry(
        yaml.has("channels")
            ? Optional.of(yaml.choice("channels", Preprocess.Channels.values()))
            : Optional.empty(),
        yaml.has("orientation") ? Optional.of(orientation()) : Optional.empty(),
        yaml.has("axes") ? axes() : Preprocess.Geometry.DEFAULT.axes(),
        yaml.has("crop") ? Optional.of(crop(yaml.mapping("crop"))) : Optional.empty(),
        yaml.has("resize") ? Optional.of(resize()) : Optional.empty(),
        yaml.has("layout")
            ? Optional.of(yaml.choice("layout", Preprocess.Layout.values()))
            : Optional.empty());
  }

  private Orientation orientation() {
    String code = yaml.text("orientation");
    if (!Orientation.isCode(code)) {
      throw yaml.error("orientation", Orientation.RULE);
    }
    return new Orientation(code);
  }

  private String axes() {
    String axes = yaml.text("axes");
    if (!List.of("xyz", "xzy", "yxz", "yzx", "zxy", "zyx").contains(axes)) {
      throw yaml.error("axes", "must be an order of x, y and z, outermost first, such as xyz");
    }
    return axes;
  }

  private Preprocess.Crop crop(YamlMapping crop) {
    crop.allowOnly(List.of("fraction", "square", "start", "size"), " in 'crop'");
    boolean box = crop.has("start") || crop.has("size");
    int ways = (box ? 1 : 0) + (crop.has("fraction") ? 1 : 0) + (crop.has("square") ? 1 : 0);
    if (ways != 1) {
      throw yaml.error("crop", "must have either fraction, or square, or start and size");
    }
    if (crop.has("fraction")) {
      return new Preprocess.Crop.Fraction(fraction(crop, "fraction"));
    }
    if (crop.has("square")) {
      return new Preprocess.Crop.Square(fraction(crop, "square"));
    }
    List<Integer> start = crop.integers("start", 0, MAX_SIDE - 1);
    List<Integer> size = crop.integers("size", 1, MAX_SIDE);
    if (start.size() != axisCount() || size.size() != axisCount()) {
      throw yaml.error("crop", "start and size must have " + axisCount() + " numbers each");
    }
    return new Preprocess.Crop.Box(start, size);
  }

  private static double fraction(YamlMapping crop, String key) {
    double fraction = crop.decimal(key);
    if (!(fraction > 0 && fraction <= 1)) {
      throw crop.error(key, "is " + fraction + "; it must be above 0 and at most 1");
    }
    return fraction;
  }

  private Preprocess.Resize resize() {
    if (yaml.isScalar("resize")) {
      if (yaml.text("resize").equals("none")) {
        return new Preprocess.Resize(List.of(), Preprocess.Method.NONE);
      }
      throw yaml.error("resize", "must be none or {height: H, width: W, method: bilinear}");
    }
    YamlMapping resize = yaml.mapping("resize");
    List<String> sides =
        kind == InputKind.VOLUME ? List.of("depth", "height", "width") : List.of("height", "width");
    List<String> known = new ArrayList<>(sides);
    known.add("method");
    resize.allowOnly(known, " in 'resize'");
    List<Integer> size = new ArrayList<>();
    for (String side : sides) {
      if (resize.has(side)) {
        size.add(resize.integer(side, 1, MAX_SIDE));
      }
    }
    if (!size.isEmpty() && size.size() != sides.size()) {
      throw yaml.error("resize", "must have all or none of " + String.join(", ", sides));
    }
    Preprocess.Method method =
        resize.has("method")
            ? resize.choice("method", Preprocess.Method.values())
            : Preprocess.Method.BILINEAR;
    if (method == Preprocess.Method.NONE) {
      throw resize.error("method", "is none; write 'resize: none' to switch resizing off");
    }
    return new Preprocess.Resize(size, method);
  }

  private int axisCount() {
    return kind == InputKind.VOLUME ? 3 : 2;
  }

  private Preprocess.Intensity intensity() {
    return new Preprocess.Intensity(
        yaml.has("clip") ? Optional.of(clip()) : Optional.empty(),
        yaml.has("scale") ? Optional.of(scale()) : Optional.empty(),
        yaml.has("normalize")
            ? yaml.choice("normalize", Preprocess.Normalize.values())
            : Preprocess.Normalize.NONE,
        perChannel("mean", Preprocess.Intensity.DEFAULT.mean()),
        perChannel("std", Preprocess.Intensity.DEFAULT.std()));
  }

  private Preprocess.Range clip() {
    List<Double> clip = yaml.decimals("clip");
    if (clip.size() != 2 || !(clip.get(0) < clip.get(1))) {
      throw yaml.error("clip", "must be [low, high] with low < high");
    }
    return new Preprocess.Range(clip.get(0), clip.get(1));
  }

  private Preprocess.Ratio scale() {
    String text = yaml.text("scale");
    int slash = text.indexOf('/');
    double numerator = yaml.decimal("scale", (slash < 0 ? text : text.substring(0, slash)).strip());
    double denominator = slash < 0 ? 1 : yaml.decimal("scale", text.substring(slash + 1).strip());
    if (denominator == 0) {
      throw yaml.error("scale", "divides by 0");
    }
    return new Preprocess.Ratio(numerator, denominator);
  }

  private List<Double> perChannel(String key, List<Double> missing) {
    if (!yaml.has(key)) {
      return missing;
    }
    List<Double> values = yaml.decimals(key);
    boolean fits = values.size() == 1 || (kind == InputKind.IMAGE && values.size() == 3);
    if (!fits) {
      throw yaml.error(
          key, "has " + values.size() + " values; one is needed, or one per channel of a picture");
    }
    if (key.equals("std") && values.contains(0.0)) {
      throw yaml.error(key, "has a 0, which would divide by zero");
    }
    return values;
  }
}
