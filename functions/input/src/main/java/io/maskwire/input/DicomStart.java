package io.maskwire.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The first bytes of a DICOM file: 128 bytes and "DICM" (PS3.10 section 7.1), or, in files of old
 * archives, the first element at once.
 */
final class DicomStart {
  private static final int PREAMBLE_BYTES = 128;

  /** More than any first element of group 8 has. */
  private static final int LONGEST_FIRST_VALUE = 1024;

  /** Group 2, and what group 8 starts with (PS3.6 table 6-1). */
  private static final Set<String> FIRST_REPRESENTATIONS =
      Set.of("AE", "CS", "DA", "DT", "LO", "OB", "SH", "SQ", "ST", "TM", "UI", "UL", "UN", "US");

  private DicomStart() {}

  /** Where the elements start. */
  static int of(String name, byte[] bytes) {
    int start = find(bytes);
    if (start < 0) {
      throw new InputException(
          name, "offset 128: no 'DICM' prefix: not a DICOM file (PS3.10); export it again");
    }
    return start;
  }

  /** Whether a file that starts with {@code head} is DICOM. */
  static boolean matches(byte[] head) {
    return find(head) >= 0;
  }

  private static int find(byte[] bytes) {
    if (hasPrefix(bytes, PREAMBLE_BYTES)) {
      return PREAMBLE_BYTES + 4;
    }
    int start = hasPrefix(bytes, 0) ? 4 : 0;
    return startsWithElement(bytes, start) ? start : -1;
  }

  private static boolean hasPrefix(byte[] bytes, int at) {
    return bytes.length >= at + 4
        && new String(bytes, at, 4, StandardCharsets.ISO_8859_1).equals("DICM");
  }

  private static boolean startsWithElement(byte[] bytes, int start) {
    if (bytes.length < start + 8) {
      return false;
    }
    ByteBuffer head = ByteBuffer.wrap(bytes, start, 8).slice();
    boolean big = head.getShort(0) == 8;
    head.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int group = head.getShort(0);
    if ((group != 2 && group != 8) || (head.getShort(2) & 0xffff) > 0xff) {
      return false;
    }
    if (FIRST_REPRESENTATIONS.contains(representation(head))) {
      return true;
    }
    int length = head.getInt(4);
    return group == 8 && !big && length >= 0 && length <= LONGEST_FIRST_VALUE;
  }

  private static String representation(ByteBuffer head) {
    return "" + (char) (head.get(4) & 0xff) + (char) (head.get(5) & 0xff);
  }

  /** The transfer syntax of a data set that does not say it: what its first element looks like. */
  static String guessTransferSyntax(ByteSource source) {
    ByteBuffer head = source.rest();
    if (head.remaining() < 8) {
      return "1.2.840.10008.1.2";
    }
    boolean big = head.get(0) == 0 && head.get(1) != 0;
    boolean explicit = representation(head).matches("[A-Z]{2}");
    return "1.2.840.10008.1.2" + (!explicit ? "" : big ? ".2" : ".1");
  }
}
