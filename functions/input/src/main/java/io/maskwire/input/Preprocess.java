package io.maskwire.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What happens to a decoded file on its way to a model input, as declared in {@code
 * preprocess.yaml}. The keys, the order of the steps and every rounding are specified in {@code
 * docs/PREPROCESS.md}.
 *
 * @param source where it was declared, for messages
 * @param input the kind of file that is taken; empty takes every kind, each with its defaults
 * @param selection which part of the file is read
 * @param geometry channels, axes, crop, resize and layout
 * @param intensity the arithmetic on values
 */
public record Preprocess(
    String source,
    Optional<InputKind> input,
    Selection selection,
    Geometry geometry,
    Intensity intensity) {

  /** The name looked for beside a model. */
  public static final String FILE_NAME = "preprocess.yaml";

  /**
   * Pictures: gray or RGB as the model has 1 or 3 channels, bilinear resize to its height and
   * width, divided by 255. Volumes: axes x, y, z (x outermost), values as they are. Tensors: as
   * they are.
   */
  public static final Preprocess DEFAULT =
      new Preprocess(
          "the default preprocessing",
          Optional.empty(),
          Selection.DEFAULT,
          Geometry.DEFAULT,
          Intensity.DEFAULT);

  private static final int MAX_FILE_BYTES = 1 << 16;

  /**
   * The preprocessing declared beside a model: for {@code dir/name.onnx} the file {@code
   * dir/name.preprocess.yaml}, else {@code dir/preprocess.yaml}, else {@link #DEFAULT}. For a
   * folder (a compiled model) the {@code preprocess.yaml} in it.
   *
   * @throws InputException if the file is there and cannot be used
   */
  public static Preprocess forModel(Path model) {
    return declarationFor(model).map(Preprocess::load).orElse(DEFAULT);
  }

  /** The file that {@link #forModel} reads, if there is one. */
  public static Optional<Path> declarationFor(Path model) {
    List<Path> candidates = new ArrayList<>();
    Path folder = model;
    if (!Files.isDirectory(model)) {
      folder = model.toAbsolutePath().resolveSibling("");
      Path fileName = model.getFileName();
      String name = fileName == null ? "" : fileName.toString();
      int dot = name.lastIndexOf('.');
      candidates.add(folder.resolve((dot > 0 ? name.substring(0, dot) : name) + "." + FILE_NAME));
    }
    candidates.add(folder.resolve(FILE_NAME));
    return candidates.stream().filter(Files::exists).findFirst();
  }

  /**
   * The preprocessing declared in {@code file}.
   *
   * @throws InputException if it is missing, too large, not UTF-8 or not a valid declaration
   */
  public static Preprocess load(Path file) {
    String name = file.toString();
    try {
      requireSize(name, Files.size(file));
      return parse(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The preprocessing declared in a file that is not on disk.
   *
   * @param source its name, for messages
   * @param file the whole file
   * @throws InputException if it is too large, not UTF-8 or not a valid declaration
   */
  public static Preprocess parse(String source, byte[] file) {
    requireSize(source, file.length);
    try {
      return parse(source, UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException e) {
      throw new InputException(source, "is not UTF-8 text; save it as UTF-8", e);
    }
  }

  private static void requireSize(String name, long bytes) {
    if (bytes > MAX_FILE_BYTES) {
      throw new InputException(
          name, "has " + bytes + " bytes, a declaration has at most " + MAX_FILE_BYTES);
    }
  }

  /**
   * The preprocessing declared by {@code yaml}.
   *
   * @param source a file name for messages
   * @throws InputException with the line of the first mistake
   */
  public static Preprocess parse(String source, String yaml) {
    return PreprocessParser.parse(source, yaml);
  }

  /** The same with another frame of files that have several. */
  public Preprocess withFrame(int frame) {
    Selection selected =
        new Selection(OptionalInt.of(frame), selection.window(), selection.nonFinite());
    return new Preprocess(source, input, selected, geometry, intensity);
  }

  /**
   * Which part of the file is read.
   *
   * @param frame of a 4-D volume or a DICOM file, from 0; empty refuses files with several
   * @param window how gray DICOM values become 0 to 255
   * @param nonFinite what happens to NaN and infinities
   */
  public record Selection(OptionalInt frame, Window window, NonFinite nonFinite) {
    static final Selection DEFAULT =
        new Selection(OptionalInt.empty(), new Window.OfFile(), NonFinite.REFUSE);

    /** Refuses a negative frame. */
    public Selection {
      if (frame.isPresent() && frame.getAsInt() < 0) {
        throw new IllegalArgumentException("frame " + frame.getAsInt() + " is negative");
      }
    }
  }

  /** How gray DICOM values become 0 to 255. */
  public sealed interface Window permits Window.Linear, Window.None, Window.OfFile {
    /** A window of our own, in the units of the modality (Hounsfield units for CT). */
    record Linear(double center, double width) implements Window {
      /** Refuses a width below 1, for which the function is not defined. */
      public Linear {
        if (!(width >= 1) || !Double.isFinite(width) || !Double.isFinite(center)) {
          throw new IllegalArgumentException("window width is " + width + ", it must be >= 1");
        }
      }
    }

    /** Values stay in the units of the modality. */
    record None() implements Window {}

    /** The first window of the file; without one, the range of the stored bits. */
    record OfFile() implements Window {}
  }

  /** What happens to NaN and infinities in a file. */
  public enum NonFinite {
    /** The file is refused. */
    REFUSE,
    /** They become 0, as masks of brain images often need. */
    ZERO
  }

  /**
   * Where samples go.
   *
   * @param channels of a picture; empty takes what the model has
   * @param orientation that a volume is brought into first; empty takes it as it is in its file
   * @param axes of a volume, outermost first, a permutation of "xyz"
   * @param crop a part of the picture or volume
   * @param resize to which size
   * @param layout order of the axes of a picture; empty takes what the model's shape says
   */
  public record Geometry(
      Optional<Channels> channels,
      Optional<Orientation> orientation,
      String axes,
      Optional<Crop> crop,
      Optional<Resize> resize,
      Optional<Layout> layout) {
    static final Geometry DEFAULT =
        new Geometry(
            Optional.empty(),
            Optional.empty(),
            "xyz",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** Channels of a picture. */
  public enum Channels {
    /** Blue, green, red. */
    BGR,
    /** One channel: (299 R + 587 G + 114 B) / 1000. */
    GRAY,
    /** Red, green, blue. */
    RGB
  }

  /** Order of the axes of a picture in the model input. */
  public enum Layout {
    /** Channels first. */
    NCHW,
    /** Channels last. */
    NHWC
  }

  /** A part of a picture (height, width) or volume (its axes after reordering). */
  public sealed interface Crop permits Crop.Box, Crop.Fraction, Crop.Square {
    /** From {@code start}, {@code size} samples along each axis. */
    record Box(List<Integer> start, List<Integer> size) implements Crop {
      /** Copies both lists. */
      public Box {
        start = List.copyOf(start);
        size = List.copyOf(size);
      }
    }

    /** The centre, {@code fraction} of every side. */
    record Fraction(double fraction) implements Crop {}

    /** The centre, a square (cube) with {@code fraction} of the shortest side. */
    record Square(double fraction) implements Crop {}
  }

  /**
   * A resize.
   *
   * @param size (height, width) of a picture or (depth, height, width) of a volume; empty for the
   *     model's own
   * @param method interpolation; {@link Method#NONE} switches resizing off
   */
  public record Resize(List<Integer> size, Method method) {
    /** Copies the list. */
    public Resize {
      size = List.copyOf(size);
    }
  }

  /** Interpolation of a resize; pixel i covers [i, i + 1) and its centre is i + 1/2. */
  public enum Method {
    /** Mean over the area that the new pixel covers; the choice for making things smaller. */
    AREA,
    /** Linear between the two nearest centres along each axis, without antialiasing. */
    BILINEAR,
    /** The pixel whose area holds the new centre. */
    NEAREST,
    /** No resize: sizes must be the model's already. */
    NONE
  }

  /**
   * Arithmetic on values, in this order: clip, scale, normalize, then minus mean, over std.
   *
   * @param clip in the units of the file (0 to 255 for pictures)
   * @param scale a factor; empty is 1/255 for pictures and 1 for others
   * @param normalize with statistics of this very input
   * @param mean one value, or one per channel
   * @param std one value, or one per channel, none 0
   */
  public record Intensity(
      Optional<Range> clip,
      Optional<Ratio> scale,
      Normalize normalize,
      List<Double> mean,
      List<Double> std) {
    static final Intensity DEFAULT =
        new Intensity(
            Optional.empty(), Optional.empty(), Normalize.NONE, List.of(0.0), List.of(1.0));

    /** Copies the lists. */
    public Intensity {
      mean = List.copyOf(mean);
      std = List.copyOf(std);
    }
  }

  /** The lowest and the highest value. */
  public record Range(double low, double high) {
    /** Refuses an empty range. */
    public Range {
      if (!(low < high)) {
        throw new IllegalArgumentException("range [" + low + ", " + high + "] is empty");
      }
    }
  }

  /** A factor, applied as one multiplication and one division: v * numerator / denominator. */
  public record Ratio(double numerator, double denominator) {
    /** Refuses a division by zero. */
    public Ratio {
      if (denominator == 0) {
        throw new IllegalArgumentException("the denominator of a ratio is 0");
      }
    }
  }

  /** Statistics of the input that its values are normalized with. */
  public enum Normalize {
    /** To 0 to 1: (v - min) / (max - min). */
    MINMAX,
    /** None. */
    NONE,
    /** Mean 0, standard deviation 1 over all values. */
    ZSCORE,
    /** The same over the values that are not 0; zeros stay 0. */
    ZSCORE_NONZERO
  }
}
