package io.maskwire.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A DICOM file put together element by element. */
final class DicomFile {
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int meta;
  private boolean explicit = true;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  DicomFile(String transferSyntax) {
    this(transferSyntax, Start.PREAMBLE);
  }

  DicomFile(String transferSyntax, Start start) {
    if (start == Start.PREAMBLE) {
      out.writeBytes(new byte[128]);
    }
    if (start == Start.PREAMBLE || start == Start.PREFIX) {
      out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    }
    if (start != Start.DATA_SET) {
      put(0x00020010, "UI", transferSyntax);
    }
    explicit = !transferSyntax.equals(IMPLICIT);
    order = transferSyntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    meta = out.size();
  }

  /** What a file begins with. */
  enum Start {
    PREAMBLE,
    PREFIX,
    META,
    DATA_SET
  }

  /** A gray image of 16 bits allocated, as far as the pixel data. */
  static DicomFile gray(String transferSyntax, int rows, int columns, int stored, int signed) {
    return new DicomFile(transferSyntax).image(rows, columns, stored, signed);
  }

  DicomFile image(int rows, int columns, int stored, int signed) {
    return put(0x00280004, "CS", "MONOCHROME2").sides(rows, columns, stored, signed);
  }

  DicomFile sides(int rows, int columns, int stored, int signed) {
    return put(0x00280002, 1)
        .put(0x00280010, rows)
        .put(0x00280011, columns)
        .put(0x00280100, 16)
        .put(0x00280101, stored)
        .put(0x00280102, stored - 1)
        .put(0x00280103, signed);
  }

  DicomFile put(int tag, int value) {
    return put(tag, "US", ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  DicomFile put(int tag, String representation, String value) {
    String padded = value.length() % 2 == 0 ? value : value + " ";
    return put(tag, representation, padded.getBytes(StandardCharsets.US_ASCII));
  }

  DicomFile put(int tag, String representation, byte[] value) {
    header(tag, representation, value.length);
    out.writeBytes(value);
    return this;
  }

  /** Tag, representation and length, without a value. */
  DicomFile header(int tag, String representation, int length) {
    ByteBuffer header = ByteBuffer.allocate(12).order(order);
    header.putShort((short) (tag >>> 16)).putShort((short) tag);
    boolean item = tag >>> 16 == 0xfffe;
    if (!explicit || item) {
      header.putInt(length);
    } else {
      header.put(representation.getBytes(StandardCharsets.US_ASCII));
      if (Set.of("OB", "OW", "SQ", "UN").contains(representation)) {
        header.putShort((short) 0).putInt(length);
      } else {
        header.putShort((short) length);
      }
    }
    out.write(header.array(), 0, header.position());
    return this;
  }

  DicomFile pixels16(int... values) {
    ByteBuffer data = ByteBuffer.allocate(2 * values.length).order(order);
    for (int value : values) {
      data.putShort((short) value);
    }
    return put(DicomDataset.PIXEL_DATA, "OW", data.array());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** The file with all behind the meta information deflated. */
  byte[] deflated() {
    byte[] plain = out.toByteArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(plain, 0, meta);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (DeflaterOutputStream data = new DeflaterOutputStream(file, deflater)) {
      data.write(plain, meta, plain.length - meta);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return file.toByteArray();
  }
}
