package io.maskwire.input;

import java.util.Arrays;

/** A Huffman table (ITU-T T.81, section C.2), looked up by 16 bits at once. */
final class JpegHuffman {
  private static final int LONGEST = 16;

  /** Length of the code times 256, plus its value; 0 for bits that no code starts with. */
  private final short[] byBits = new short[1 << LONGEST];

  /** The table that stands in a DHT segment: 16 counts, then the values in order of their codes. */
  static JpegHuffman read(ByteSource segment) {
    int[] counts = new int[LONGEST + 1];
    for (int length = 1; length <= LONGEST; length++) {
      counts[length] = segment.u8("a Huffman table");
    }
    JpegHuffman table = new JpegHuffman();
    int next = 0;
    for (int length = 1; length <= LONGEST; length++) {
      int span = 1 << (LONGEST - length);
      for (int i = 0; i < counts[length]; i++) {
        int value = segment.u8("a Huffman table");
        if (next + span > table.byBits.length) {
          throw segment.error("a Huffman table has too many codes: the file is damaged");
        }
        Arrays.fill(table.byBits, next, next + span, (short) (length << 8 | value));
        next += span;
      }
    }
    return table;
  }

  /** The value of the next code in {@code bits}. */
  int decode(JpegBits bits, ByteSource source) {
    int entry = byBits[bits.peek16()];
    if (entry == 0) {
      throw source.error("JPEG data has an unknown code: the file is damaged; fetch it again");
    }
    bits.skip(entry >> 8);
    return entry & 0xff;
  }
}
