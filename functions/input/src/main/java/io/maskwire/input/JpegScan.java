package io.maskwire.input;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entropy-coded data of one scan (ITU-T T.81, sections F.2 and G.2, Huffman only): adds what it
 * has to the coefficients of its components.
 */
final class JpegScan {
  /** Where the coefficient of each place in the zigzag stands in its block (figure A.6). */
  static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  /** A component of the scan with the tables that it names. */
  record Part(JpegComponent component, @Nullable JpegHuffman dc, @Nullable JpegHuffman ac) {}

  /**
   * Which coefficients of the zigzag, and which of their bits (section G.1.2).
   *
   * @param first of the coefficients
   * @param last of them
   * @param refined the bit position of the scan before; 0 for the first scan of these
   * @param shift the bit position of this scan
   */
  record Selection(int first, int last, int refined, int shift) {}

  private static final int FIRST_RESTART = 0xd0;

  private final ByteSource source;
  private final JpegFrame frame;
  private final List<Part> parts;
  private final Selection selection;
  private final JpegBits bits;
  private final int[] predictions;
  private int endOfBand;

  JpegScan(ByteSource source, JpegFrame frame, List<Part> parts, Selection selection) {
    this.source = source;
    this.frame = frame;
    this.parts = parts;
    this.selection = selection;
    this.bits = new JpegBits(source);
    this.predictions = new int[parts.size()];
  }

  /**
   * Reads the scan.
   *
   * @param restartInterval how many MCUs stand between two restarts, 0 for none
   * @return the marker behind it
   */
  int read(int restartInterval) {
    JpegComponent only = parts.getFirst().component();
    boolean alone = parts.size() == 1;
    int across = alone ? Math.ceilDiv(only.width(), 8) : frame.mcusAcross();
    int down = alone ? Math.ceilDiv(only.height(), 8) : frame.mcusDown();
    int restarts = 0;
    for (int mcu = 0; mcu < across * down; mcu++) {
      if (restartInterval > 0 && mcu > 0 && mcu % restartInterval == 0) {
        if (bits.finish() != FIRST_RESTART + restarts % 8) {
          throw source.error("a JPEG restart is missing: the file is damaged; fetch it again");
        }
        restarts++;
        Arrays.fill(predictions, 0);
        endOfBand = 0;
      }
      if (alone) {
        readBlock(0, only.offset(mcu % across, mcu / across));
      } else {
        readMcu(mcu % across, mcu / across);
      }
    }
    return bits.finish();
  }

  private void readMcu(int column, int row) {
    for (int i = 0; i < parts.size(); i++) {
      JpegComponent component = parts.get(i).component();
      for (int y = 0; y < component.vertical(); y++) {
        for (int x = 0; x < component.horizontal(); x++) {
          readBlock(
              i,
              component.offset(
                  column * component.horizontal() + x, row * component.vertical() + y));
        }
      }
    }
  }

  private void readBlock(int index, int offset) {
    Part part = parts.get(index);
    short[] block = part.component().coefficients();
    if (selection.first() == 0) {
      if (selection.refined() == 0) {
        int size = table(part.dc()).decode(bits, source);
        if (size > 15) {
          throw damaged();
        }
        predictions[index] += bits.readSigned(size);
        block[offset] = (short) (predictions[index] << selection.shift());
      } else if (bits.read(1) == 1) {
        block[offset] |= (short) (1 << selection.shift());
      }
    }
    if (selection.last() > 0) {
      JpegHuffman table = table(part.ac());
      if (selection.refined() == 0) {
        readBand(block, offset, table);
      } else {
        refineBand(block, offset, table);
      }
    }
  }

  /** Coefficients for the first time; a sequential scan is one whose band has them all. */
  private void readBand(short[] block, int offset, JpegHuffman table) {
    if (endOfBand > 0) {
      endOfBand--;
      return;
    }
    for (int k = Math.max(selection.first(), 1); k <= selection.last(); k++) {
      int code = table.decode(bits, source);
      int run = code >> 4;
      int size = code & 15;
      if (size == 0 && run < 15) {
        endOfBand = endOfBand(run) - 1;
        return;
      }
      k += run;
      if (k > selection.last()) {
        throw damaged();
      }
      block[offset + ZIGZAG[k]] = (short) (bits.readSigned(size) << selection.shift());
    }
  }

  /** How many blocks end here, this one too (section G.1.2.2). */
  private int endOfBand(int run) {
    if (run > 0 && !frame.progressive()) {
      throw damaged();
    }
    return (1 << run) + (run > 0 ? bits.read(run) : 0);
  }

  /** One more bit of coefficients that are there, and new ones between them (section G.1.2.3). */
  private void refineBand(short[] block, int offset, JpegHuffman table) {
    int k = selection.first();
    while (endOfBand == 0 && k <= selection.last()) {
      int code = table.decode(bits, source);
      int run = code >> 4;
      int size = code & 15;
      if (size == 0 && run < 15) {
        endOfBand = endOfBand(run);
        break;
      }
      if (size > 1) {
        throw damaged();
      }
      int added = size == 0 ? 0 : (bits.read(1) == 1 ? 1 : -1) << selection.shift();
      k = refine(block, offset, k, run);
      if (k > selection.last()) {
        throw damaged();
      }
      if (added != 0) {
        block[offset + ZIGZAG[k]] = (short) added;
      }
      k++;
    }
    if (endOfBand > 0) {
      refine(block, offset, k, Integer.MAX_VALUE);
      endOfBand--;
    }
  }

  /** Passes over {@code zeros} coefficients that are 0, to the next one; refines the others. */
  private int refine(short[] block, int offset, int from, int zeros) {
    int bit = 1 << selection.shift();
    int left = zeros;
    int k = from;
    for (; k <= selection.last(); k++) {
      int at = offset + ZIGZAG[k];
      if (block[at] == 0) {
        if (left == 0) {
          return k;
        }
        left--;
      } else if (bits.read(1) == 1 && (block[at] & bit) == 0) {
        block[at] += (short) (block[at] > 0 ? bit : -bit);
      }
    }
    return k;
  }

  private JpegHuffman table(@Nullable JpegHuffman table) {
    if (table == null) {
      throw source.error("a JPEG scan names a table that is missing: the file is damaged");
    }
    return table;
  }

  private InputException damaged() {
    return source.error("JPEG data makes no picture: the file is damaged; fetch it again");
  }
}
