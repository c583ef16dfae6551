package io.maskwire.input;

import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * The frame of a PNG file (PNG specification, section 5): Java's reader neither checks checksums
 * nor needs the last chunk, so a damaged file would give a damaged picture without a word.
 */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;

  private PngChunks() {}

  /**
   * Checks lengths and checksums of all chunks up to IEND.
   *
   * @throws InputException with the offset of the first damaged chunk
   */
  static void verify(String name, byte[] bytes) {
    ByteSource source = ByteSource.of(name, bytes);
    source.order(ByteOrder.BIG_ENDIAN);
    source.skip(SIGNATURE_BYTES, "the PNG signature");
    boolean ended = false;
    while (!ended) {
      long length = source.u32("the length of a PNG chunk");
      int start = bytes.length - source.remaining();
      String type = source.ascii(4, "the type of a PNG chunk");
      source.skip(length, "a PNG chunk");
      CRC32 crc = new CRC32();
      crc.update(bytes, start, 4 + (int) length);
      if (crc.getValue() != source.u32("the checksum of a PNG chunk")) {
        throw source.error("a PNG chunk fails its checksum: the file is damaged; fetch it again");
      }
      ended = type.equals("IEND");
    }
  }
}
