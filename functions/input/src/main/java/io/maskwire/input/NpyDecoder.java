package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's .npy, versions 1.0, 2.0 and 3.0 (numpy/lib/format.py): magic, version, header length, a
 * Python dictionary of exactly {@code descr}, {@code fortran_order} and {@code shape}, then the
 * samples. Structured and object types are refused.
 */
final class NpyDecoder {
  private static final String MAGIC = "\u0093NUMPY";
  private static final int MAX_HEADER_BYTES = 1 << 16;
  private static final int MAX_RANK = 32;
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'(descr|fortran_order|shape)'\\s*:\\s*"
              + "(?:'([^']*)'|(True|False)|\\(([0-9,\\s]*)\\))\\s*(,|$)");

  private record Header(String descr, boolean fortranOrder, List<Integer> shape) {}

  private NpyDecoder() {}

  /** The array in {@code bytes}, row major whatever order the file has. */
  static Samples decode(String name, byte[] bytes) {
    ByteSource source = ByteSource.of(name, bytes);
    if (!source.ascii(MAGIC.length(), "the magic string").equals(MAGIC)) {
      throw new InputException(
          name, "offset 0: not a .npy file (no \\x93NUMPY); write it with numpy.save");
    }
    Header header = readHeader(source);
    SampleType type = sampleType(source, header.descr());
    source.order(header.descr().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int count =
        Samples.count(
            name, "shape " + header.shape(), header.shape().stream().mapToLong(d -> d).toArray());
    long needed = (long) count * type.bytes();
    if (needed != source.remaining()) {
      throw source.error(
          "shape "
              + header.shape()
              + " of '"
              + header.descr()
              + "' needs "
              + needed
              + " bytes, the file has "
              + source.remaining()
              + "; save one whole array per file");
    }
    Shape shape = new Shape(header.shape());
    double[] values = type.decode(source.rest(), count);
    return new Samples(
        InputKind.TENSOR, shape, header.fortranOrder() ? toRowMajor(values, shape) : values);
  }

  private static Header readHeader(ByteSource source) {
    int major = source.u8("the format version");
    int minor = source.u8("the format version");
    if (major < 1 || major > 3 || minor != 0) {
      throw source.error(
          "format version " + major + "." + minor + " is unknown; save as version 1.0 to 3.0");
    }
    long length = major == 1 ? source.u16("the header length") : source.u32("the header length");
    if (length > MAX_HEADER_BYTES) {
      throw source.error(
          "a header of "
              + length
              + " bytes is above the limit of "
              + MAX_HEADER_BYTES
              + "; save a plain array of numbers");
    }
    return parseHeader(source, source.ascii(length, "the header").strip());
  }

  private static Header parseHeader(ByteSource source, String text) {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw source.error("the header is not a dictionary: " + quote(text));
    }
    String entries = text.substring(1, text.length() - 1).stripTrailing();
    Matcher matcher = ENTRY.matcher(entries);
    String descr = "";
    String order = "";
    List<Integer> shape = List.of();
    int seen = 0;
    int position = 0;
    while (position < entries.length()) {
      if (!matcher.find(position) || matcher.start() != position) {
        throw source.error(
            "header entry "
                + quote(entries.substring(position))
                + " is not understood; structured arrays are not read, save a plain array");
      }
      String value = matcher.group(4);
      switch (matcher.group(1) + kindOf(matcher)) {
        case "descr'" -> descr = matcher.group(2);
        case "fortran_orderT" -> order = matcher.group(3);
        case "shape(" -> shape = parseShape(source, value);
        default -> throw source.error("header entry " + quote(matcher.group()) + " is malformed");
      }
      seen++;
      position = matcher.end();
    }
    if (seen != 3 || descr.isEmpty() || order.isEmpty()) {
      throw source.error(
          "the header must have descr, fortran_order and shape once each: " + quote(text));
    }
    return new Header(descr, order.equals("True"), shape);
  }

  /** Which alternative of {@link #ENTRY} the value took. */
  private static String kindOf(Matcher matcher) {
    return matcher.start(2) >= 0 ? "'" : matcher.start(3) >= 0 ? "T" : "(";
  }

  private static List<Integer> parseShape(ByteSource source, String text) {
    List<Integer> shape = new ArrayList<>();
    String stripped = text.strip();
    String[] parts = stripped.isEmpty() ? new String[0] : stripped.split(",");
    for (String part : parts) {
      String digits = part.strip();
      if (digits.isEmpty() || digits.length() > 9 || shape.size() == MAX_RANK) {
        throw source.error("shape (" + quote(text) + ") is malformed or too large");
      }
      for (int i = 0; i < digits.length(); i++) {
        if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
          throw source.error("shape (" + quote(text) + ") is malformed");
        }
      }
      shape.add(Integer.parseInt(digits));
    }
    return shape;
  }

  private static SampleType sampleType(ByteSource source, String descr) {
    boolean oneByte = descr.endsWith("1");
    boolean ordered =
        descr.startsWith("<") || descr.startsWith(">") || (oneByte && descr.startsWith("|"));
    String code = ordered ? descr.substring(1) : "";
    return switch (code) {
      case "b1" -> SampleType.BOOL;
      case "i1" -> SampleType.INT8;
      case "u1" -> SampleType.UINT8;
      case "i2" -> SampleType.INT16;
      case "u2" -> SampleType.UINT16;
      case "i4" -> SampleType.INT32;
      case "u4" -> SampleType.UINT32;
      case "i8" -> SampleType.INT64;
      case "u8" -> SampleType.UINT64;
      case "f2" -> SampleType.FLOAT16;
      case "f4" -> SampleType.FLOAT32;
      case "f8" -> SampleType.FLOAT64;
      default ->
          throw source.error(
              "type '" + quote(descr) + "' is not read; save with .astype(numpy.float32)");
    };
  }

  private static double[] toRowMajor(double[] columnMajor, Shape shape) {
    double[] values = new double[columnMajor.length];
    int[] index = new int[shape.rank()];
    int[] strides = shape.strides();
    int target = 0;
    for (double value : columnMajor) {
      values[target] = value;
      for (int axis = 0; axis < index.length; axis++) {
        target += strides[axis];
        if (++index[axis] < shape.dimension(axis)) {
          break;
        }
        target -= strides[axis] * index[axis];
        index[axis] = 0;
      }
    }
    return values;
  }

  /** At most 80 characters, none of them able to disturb a terminal. */
  private static String quote(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() > 80 ? printable.substring(0, 80) + "..." : printable;
  }
}
