package io.maskwire.input;

import io.maskwire.crypto.ring.Shape;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JPEG of 8 bits, sequential or progressive, with Huffman codes (ITU-T T.81). Java's own decoder
 * applies colour profiles, refuses CMYK and guesses colours; browsers differ among each other. The
 * samples here are those of libjpeg before any profile or orientation.
 */
final class JpegDecoder {
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int QUANTIZATION_TABLES = 0xdb;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;
  private static final int TABLES = 4;

  private final String name;
  private final ByteSource source;
  private final int[][] steps = new int[TABLES][];
  private final JpegHuffman[] dc = new JpegHuffman[TABLES];
  private final JpegHuffman[] ac = new JpegHuffman[TABLES];
  private @Nullable JpegFrame frame;
  private int restartInterval;
  private boolean jfif;
  private int adobe = -1;

  private JpegDecoder(String name, byte[] bytes) {
    this.name = name;
    this.source = ByteSource.of(name, bytes);
    source.order(ByteOrder.BIG_ENDIAN);
  }

  /** The picture [height, width, 1 or 3]. */
  static Samples decode(String name, byte[] bytes) {
    JpegDecoder decoder = new JpegDecoder(name, bytes);
    decoder.readSegments();
    return decoder.picture();
  }

  private void readSegments() {
    int marker = source.jpegMarker();
    if (marker != START_OF_IMAGE) {
      throw source.error("not a JPEG file");
    }
    marker = source.jpegMarker();
    while (marker != END_OF_IMAGE) {
      if (marker < HUFFMAN_TABLES - 4 || (marker >= 0xd0 && marker <= START_OF_IMAGE)) {
        throw source.error("an unexpected JPEG marker: the file is damaged; fetch it again");
      }
      ByteSource segment = segment();
      if (marker == START_OF_SCAN) {
        marker = readScan(segment);
      } else {
        readSegment(marker, segment);
        marker = source.jpegMarker();
      }
    }
  }

  private ByteSource segment() {
    int length = source.u16("the length of a JPEG segment");
    return source.slice(length - 2L, "a JPEG segment");
  }

  private void readSegment(int marker, ByteSource segment) {
    switch (marker) {
      case APP0 -> jfif |= segment.remaining() >= 14 && startsWith(segment, "JFIF\0");
      case APP14 -> {
        if (segment.remaining() >= 12 && startsWith(segment, "Adobe")) {
          segment.skip(6, "the Adobe segment");
          adobe = segment.u8("the Adobe segment");
        }
      }
      case HUFFMAN_TABLES -> readHuffmanTables(segment);
      case QUANTIZATION_TABLES -> readQuantizationTables(segment);
      case RESTART_INTERVAL -> restartInterval = segment.u16("the JPEG restart interval");
      default -> {
        // From C0 to CF all but DHT, JPG and DAC start a frame; what is left says nothing of
        // pixels.
        if (marker < 0xd0 && marker != 0xc8 && marker != 0xcc) {
          if (frame != null) {
            throw segment.error("a JPEG of several frames is not read; save it as PNG");
          }
          frame = JpegFrame.read(name, marker, segment);
        }
      }
    }
  }

  private static boolean startsWith(ByteSource segment, String prefix) {
    return segment.ascii(prefix.length(), "a JPEG segment").equals(prefix);
  }

  private void readHuffmanTables(ByteSource segment) {
    while (segment.remaining() > 0) {
      int place = segment.u8("a Huffman table");
      (place >> 4 == 0 ? dc : ac)[index(segment, place & 15)] = JpegHuffman.read(segment);
    }
  }

  private void readQuantizationTables(ByteSource segment) {
    while (segment.remaining() > 0) {
      int place = segment.u8("a quantization table");
      int[] table = new int[JpegComponent.BLOCK];
      for (int i = 0; i < table.length; i++) {
        table[JpegScan.ZIGZAG[i]] =
            place >> 4 == 0
                ? segment.u8("a quantization table")
                : segment.u16("a quantization table");
      }
      steps[index(segment, place & 15)] = table;
    }
  }

  private static int index(ByteSource segment, int index) {
    if (index >= TABLES) {
      throw segment.error("a JPEG table has the number " + index + ": the file is damaged");
    }
    return index;
  }

  private int readScan(ByteSource segment) {
    JpegFrame known = frame();
    int count = segment.u8("a JPEG scan");
    List<JpegScan.Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = segment.u8("a JPEG scan");
      int tables = segment.u8("a JPEG scan");
      parts.add(part(segment, known, id, tables));
    }
    int first = segment.u8("a JPEG scan");
    int last = segment.u8("a JPEG scan");
    int position = segment.u8("a JPEG scan");
    JpegScan.Selection selection =
        known.progressive()
            ? new JpegScan.Selection(first, last, position >> 4, position & 15)
            : new JpegScan.Selection(0, 63, 0, 0);
    boolean band = selection.first() > 0;
    if (count < 1
        || parts.stream().distinct().count() != count
        || selection.first() > selection.last()
        || selection.last() > 63
        || selection.shift() > 13
        || (band && count != 1)
        || (known.progressive() && !band && selection.last() > 0)) {
      throw segment.error("a JPEG scan makes no sense: the file is damaged; fetch it again");
    }
    return new JpegScan(source, known, parts, selection).read(restartInterval);
  }

  private JpegScan.Part part(ByteSource segment, JpegFrame known, int id, int tables) {
    for (JpegComponent component : known.components()) {
      if (component.id() == id) {
        component.startScan(steps[index(segment, component.quantizer())]);
        return new JpegScan.Part(
            component, dc[index(segment, tables >> 4)], ac[index(segment, tables & 15)]);
      }
    }
    throw segment.error("a JPEG scan names a component that is missing: the file is damaged");
  }

  private JpegFrame frame() {
    if (frame == null) {
      throw source.error("the JPEG has no frame: the file is damaged; fetch it again");
    }
    return frame;
  }

  private Samples picture() {
    JpegFrame known = frame();
    JpegColour colour = JpegColour.of(known, jfif, adobe);
    List<JpegPlane> planes = new ArrayList<>();
    for (JpegComponent component : known.components()) {
      int[] table = component.steps();
      if (!component.isSeen() || table == null) {
        throw source.error("a JPEG component or its table is missing: the file is damaged");
      }
      planes.add(new JpegPlane(known, component, table));
    }
    int channels = colour.channels();
    double[] values = new double[known.height() * known.width() * channels];
    int[][] rows = new int[planes.size()][known.width()];
    int target = 0;
    for (int y = 0; y < known.height(); y++) {
      for (int i = 0; i < rows.length; i++) {
        planes.get(i).readRow(y, rows[i]);
      }
      for (int x = 0; x < known.width(); x++) {
        colour.convert(rows, x, values, target);
        target += channels;
      }
    }
    return new Samples(InputKind.IMAGE, Shape.of(known.height(), known.width(), channels), values);
  }
}
