package io.maskwire.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of a NIfTI header by their names. Version 2 (nifti2.h) has those of version 1
 * (nifti1.h), wider and at other offsets.
 */
final class NiftiFields {
  /** Bytes of a version 1 header. */
  static final int FIRST_BYTES = 348;

  /** Bytes of a version 2 header. */
  static final int SECOND_BYTES = 540;

  private static final int SIZE_BYTES = 4;

  private final String name;
  private final ByteBuffer header;
  private final boolean second;

  private NiftiFields(String name, ByteBuffer header, boolean second) {
    this.name = name;
    this.header = header;
    this.second = second;
  }

  /**
   * Reads a header from the start of {@code stream}, in the byte order that its size is right in.
   *
   * @throws InputException if the first bytes are not those of a NIfTI header, or some are missing
   */
  static NiftiFields read(String name, InputStream stream) throws IOException {
    byte[] size = stream.readNBytes(SIZE_BYTES);
    if (size.length < SIZE_BYTES) {
      throw NiftiDecoder.truncated(name, size.length, FIRST_BYTES - size.length);
    }
    int little = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int big = Integer.reverseBytes(little);
    boolean second = little == SECOND_BYTES || big == SECOND_BYTES;
    if (!second && little != FIRST_BYTES && big != FIRST_BYTES) {
      throw new InputException(
          name, "offset 0: sizeof_hdr is " + little + ", not 348 or 540: this is not a NIfTI file");
    }
    int bytes = second ? SECOND_BYTES : FIRST_BYTES;
    byte[] header = Arrays.copyOf(size, bytes);
    int read = stream.readNBytes(header, SIZE_BYTES, bytes - SIZE_BYTES);
    if (read < bytes - SIZE_BYTES) {
      throw NiftiDecoder.truncated(name, SIZE_BYTES + read, bytes - SIZE_BYTES - read);
    }
    ByteOrder order = little == bytes ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new NiftiFields(name, ByteBuffer.wrap(header).order(order), second);
  }

  /** An error in a field, which stands at one offset in version 1 and at another in version 2. */
  InputException error(int firstOffset, int secondOffset, String problem) {
    return new InputException(
        name, "offset " + (second ? secondOffset : firstOffset) + ": " + problem);
  }

  String name() {
    return name;
  }

  ByteOrder order() {
    return header.order();
  }

  /** Bytes of the header. */
  int bytes() {
    return header.capacity();
  }

  /** "n+" for a single file, "ni" for a pair, empty where the magic is missing or damaged. */
  String magic() {
    int at = second ? 4 : 344;
    String expected = second ? "2\0\r\n\u001a\n" : "1\0";
    byte[] magic = new byte[2 + expected.length()];
    header.get(at, magic);
    String text = new String(magic, StandardCharsets.ISO_8859_1);
    return text.endsWith(expected) ? text.substring(0, 2) : "";
  }

  /** dim[i]; dim[0] is the number of axes. */
  long dim(int i) {
    return second ? header.getLong(16 + 8 * i) : header.getShort(40 + 2 * i);
  }

  int datatype() {
    return header.getShort(second ? 12 : 70);
  }

  int bits() {
    return header.getShort(second ? 14 : 72);
  }

  /** pixdim[i]: lengths of voxels in millimetres from 1 on, qfac at 0. */
  double pixdim(int i) {
    return second ? header.getDouble(104 + 8 * i) : header.getFloat(76 + 4 * i);
  }

  double voxOffset() {
    return second ? header.getLong(168) : header.getFloat(108);
  }

  double slope() {
    return second ? header.getDouble(176) : header.getFloat(112);
  }

  double intercept() {
    return second ? header.getDouble(184) : header.getFloat(116);
  }

  int qformCode() {
    return second ? header.getInt(344) : header.getShort(252);
  }

  int sformCode() {
    return second ? header.getInt(348) : header.getShort(254);
  }

  /** quatern_b, quatern_c, quatern_d as 0, 1, 2. */
  double quaternion(int i) {
    return second ? header.getDouble(352 + 8 * i) : header.getFloat(256 + 4 * i);
  }

  /** srow_x, srow_y, srow_z as rows 0, 1, 2. */
  double srow(int row, int column) {
    return second
        ? header.getDouble(400 + 32 * row + 8 * column)
        : header.getFloat(280 + 16 * row + 4 * column);
  }
}
