package io.maskwire.input;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The frame of a PNG file (PNG specification, section 5): Java's reader neither checks checksums
 * nor needs the last chunk, so a damaged file would give a damaged picture without a word. It does
 * refuse files for text or profiles that say nothing of the samples.
 */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final Set<String> OF_SAMPLES = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  private PngChunks() {}

  /**
   * The file with those chunks only that say what the samples are.
   *
   * @throws InputException with the offset of the first chunk, up to IEND, whose length or checksum
   *     is wrong
   */
  static byte[] ofSamples(String name, byte[] bytes) {
    ByteSource source = ByteSource.of(name, bytes);
    source.order(ByteOrder.BIG_ENDIAN);
    source.skip(SIGNATURE_BYTES, "the PNG signature");
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(bytes, 0, SIGNATURE_BYTES);
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
      if (OF_SAMPLES.contains(type)) {
        kept.write(bytes, start - 4, 12 + (int) length);
      }
      ended = type.equals("IEND");
    }
    return kept.toByteArray();
  }
}
