package io.maskwire.input;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The top-level elements of a DICOM file (PS3.5 section 7, PS3.10 section 7.1), up to and with the
 * pixel data. Sequences are passed over, only their presence is kept.
 */
final class DicomDataset {
  static final int PIXEL_DATA = 0x7fe00010;
  private static final int TRANSFER_SYNTAX = 0x00020010;
  private static final int ITEM = 0xfffee000;
  private static final int ITEM_END = 0xfffee00d;
  private static final int SEQUENCE_END = 0xfffee0dd;
  private static final long UNDEFINED = 0xffffffffL;
  private static final int SEQUENCE_END_BYTES = 8;
  private static final int MAX_DEPTH = 32;

  /** Value representations with a reserved field and a length of 32 bits (PS3.5 table 7.1-1). */
  private static final Set<String> LONG_FORM =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private record Tag(int number, String representation, long length) {}

  /** A value and its representation, empty where the transfer syntax leaves it implicit. */
  record Element(String representation, ByteSource value) {}

  private final String name;
  private final Map<Integer, Element> elements = new HashMap<>();
  private boolean explicit = true;
  private boolean encapsulated;

  private DicomDataset(String name) {
    this.name = name;
  }

  /**
   * The data set in {@code bytes}, whose pixels are read here.
   *
   * @throws InputException if it is malformed, compressed or holds no image
   */
  static DicomDataset parse(String name, byte[] bytes) {
    DicomDataset dataset = new DicomDataset(name);
    ByteSource source = ByteSource.of(name, bytes);
    source.skip(DicomStart.of(name, bytes), "the DICOM preamble");
    while (source.remaining() >= 2 && source.rest().getShort(0) == 0x0002) {
      dataset.readElement(source);
    }
    String uid = dataset.transferSyntax(source);
    DicomTransferSyntax syntax = DicomTransferSyntax.of(uid);
    if (syntax.encoding() == DicomTransferSyntax.Encoding.UNKNOWN) {
      throw new InputException(name, syntax.refusal(uid));
    }
    dataset.readElements(dataset.decoded(source, syntax.encoding()));
    if (!dataset.has(PIXEL_DATA)) {
      throw DicomObject.withoutImage(name, dataset);
    }
    if (syntax.remedy().isPresent()) {
      throw new InputException(name, syntax.refusal(uid));
    }
    if (dataset.encapsulated) {
      throw new InputException(
          name,
          "the pixel data is compressed although the transfer syntax is "
              + syntax.describe(uid)
              + "; export it again");
    }
    return dataset;
  }

  /** As the file says, else as its first element looks. */
  private String transferSyntax(ByteSource source) {
    List<String> declared = texts(TRANSFER_SYNTAX);
    return declared.isEmpty() || declared.getFirst().isEmpty()
        ? DicomStart.guessTransferSyntax(source)
        : declared.getFirst();
  }

  private ByteSource decoded(ByteSource source, DicomTransferSyntax.Encoding encoding) {
    return switch (encoding) {
      case BIG_ENDIAN -> {
        source.order(ByteOrder.BIG_ENDIAN);
        yield source;
      }
      case DEFLATED -> ByteSource.of(name, Deflated.inflate(source));
      case EXPLICIT, UNKNOWN -> source;
      case IMPLICIT -> {
        explicit = false;
        yield source;
      }
    };
  }

  private void readElements(ByteSource source) {
    while (source.remaining() > 0 && !has(PIXEL_DATA)) {
      readElement(source);
    }
  }

  boolean has(int tag) {
    return elements.containsKey(tag);
  }

  /** The element, or an error that names it. */
  Element element(int tag, String field) {
    Element element = elements.get(tag);
    if (element == null) {
      throw new InputException(name, field + " " + format(tag) + " is missing; export it again");
    }
    return element;
  }

  /** A US or SS value as 0 to 65535. */
  int number(int tag, String field) {
    ByteSource value = element(tag, field).value();
    if (value.remaining() < 2) {
      throw value.error(field + " " + format(tag) + " is empty; export it again");
    }
    return value.rest().getShort(0) & 0xffff;
  }

  /** Whether the element is there and not empty. */
  boolean hasValue(int tag) {
    Element element = elements.get(tag);
    return element != null && element.value().remaining() > 0;
  }

  /** The first of the backslash-separated values, without padding. */
  String text(int tag, String field) {
    element(tag, field);
    return texts(tag).getFirst();
  }

  /** All backslash-separated values, without padding; none where the element is missing. */
  List<String> texts(int tag) {
    Element element = elements.get(tag);
    if (element == null) {
      return List.of();
    }
    byte[] bytes = new byte[element.value().remaining()];
    element.value().rest().get(bytes);
    String all = new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    return Arrays.stream(all.split("\\\\", -1)).map(String::strip).toList();
  }

  private void readElement(ByteSource source) {
    Tag tag = readTag(source, explicit);
    if (tag.length() == UNDEFINED) {
      if (tag.number() == PIXEL_DATA) {
        encapsulated = true;
        elements.put(PIXEL_DATA, new Element(tag.representation(), source.slice(0, "pixel data")));
        return;
      }
      int start = source.remaining();
      ByteSource content = source.ahead();
      // PS3.5 section 6.2.2: unknown content of undefined length is encoded implicitly.
      passSequence(source, explicit && !tag.representation().equals("UN"), 1);
      int length = start - source.remaining() - SEQUENCE_END_BYTES;
      elements.put(tag.number(), new Element("SQ", content.slice(length, "a sequence")));
      return;
    }
    ByteSource value = source.slice(tag.length(), "element " + format(tag.number()));
    if (elements.put(tag.number(), new Element(tag.representation(), value)) != null) {
      throw source.error("element " + format(tag.number()) + " is there twice; export it again");
    }
  }

  private Tag readTag(ByteSource source, boolean explicitHere) {
    int number = source.u16("an element tag") << 16 | source.u16("an element tag");
    // Items and delimiters never have a representation (PS3.5 section 7.5).
    if (!explicitHere || number >>> 16 == 0xfffe) {
      return new Tag(number, "", source.u32("the length of element " + format(number)));
    }
    String representation = source.ascii(2, "the representation of element " + format(number));
    if (!representation.matches("[A-Z]{2}")) {
      throw source.error(
          "element " + format(number) + " has no value representation; export it again");
    }
    String field = "the length of element " + format(number);
    if (LONG_FORM.contains(representation)) {
      source.skip(2, field);
      return new Tag(number, representation, source.u32(field));
    }
    return new Tag(number, representation, source.u16(field));
  }

  private void passSequence(ByteSource source, boolean explicitHere, int depth) {
    if (depth > MAX_DEPTH) {
      throw source.error("sequences are nested deeper than " + MAX_DEPTH + "; export it again");
    }
    while (true) {
      Tag item = readTag(source, explicitHere);
      if (item.number() == SEQUENCE_END) {
        return;
      }
      if (item.number() != ITEM) {
        throw source.error("a sequence has element " + format(item.number()) + ", not an item");
      }
      if (item.length() == UNDEFINED) {
        passItem(source, explicitHere, depth);
      } else {
        source.skip(item.length(), "a sequence item");
      }
    }
  }

  private void passItem(ByteSource source, boolean explicitHere, int depth) {
    while (true) {
      Tag tag = readTag(source, explicitHere);
      if (tag.number() == ITEM_END) {
        return;
      }
      if (tag.length() == UNDEFINED) {
        passSequence(source, explicitHere && !tag.representation().equals("UN"), depth + 1);
      } else {
        source.skip(tag.length(), "element " + format(tag.number()));
      }
    }
  }

  private static String format(int tag) {
    return String.format(Locale.ROOT, "(%04x,%04x)", tag >>> 16, tag & 0xffff);
  }
}
