package io.maskwire.crypto.wire;

import io.maskwire.crypto.prg.Seed;
import java.util.zip.CRC32C;

/**
 * The start of a key file: what it is for, and 16 bytes that its reader needs first. Sections
 * follow ({@link KeySectionCodec}), in the order of rounds, each at an offset that follows from the
 * program alone, so that a party reads a round's keys and no others.
 *
 * @param kind whose file it is
 * @param program what it was dealt for
 * @param session unique
 * @param first the public hash key (common) or the party's secret seed
 * @param length of the whole file in bytes
 */
public record KeyHeader(Kind kind, ProgramId program, SessionId session, Seed first, long length) {
  /** Bytes of a header. */
  public static final int BYTES = 4 + 2 + 1 + 1 + ProgramId.BYTES + SessionId.BYTES + 16 + 8 + 4;

  private static final int MAGIC = 0x4d574b59; // MWKY
  private static final int VERSION = 1;

  /** Whose key file it is. */
  public enum Kind {
    /** For both parties: hash key and trees. */
    COMMON(0),
    /** Party 0's seed; no sections. */
    PARTY_0(1),
    /** Party 1's seed and corrections. */
    PARTY_1(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** The header's bytes. */
  public byte[] encode() {
    ByteWriter writer = new ByteWriter(BYTES);
    writer.putInt(MAGIC).putShort(VERSION).putByte(kind.code).putByte(0);
    writer.putBytes(program.toBytes()).putBytes(session.toBytes()).putBytes(first.toBytes());
    writer.putLong(length);
    return writer.putInt(checksum(writer.buffer(), 0, writer.size())).toBytes();
  }

  /**
   * Reads a header of the expected kind.
   *
   * @throws ProtocolException if it is another file, of another program, or damaged
   */
  public static KeyHeader decode(byte[] bytes, Kind kind, ProgramId program) {
    String what = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " keys";
    if (bytes.length < BYTES) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "%s are cut short: %d bytes, a header alone has %d".formatted(what, bytes.length, BYTES));
    }
    ByteReader reader = new ByteReader(bytes, what);
    reader.expectHeader(MAGIC, VERSION);
    int code = reader.getByte();
    reader.getByte();
    ProgramId found = new ProgramId(reader.getBytes(ProgramId.BYTES));
    SessionId session = new SessionId(reader.getBytes(SessionId.BYTES));
    Seed first = Seed.copyOf(reader.getBytes(Seed.BYTES));
    long length = reader.getLong();
    int sum = reader.getInt();
    if (sum != checksum(bytes, 0, BYTES - 4)) {
      throw reader.malformed("the header's checksum does not match");
    }
    if (code != kind.code) {
      throw new ProtocolException(
          ErrorCode.WRONG_ROLE, what + " expected, the file is for another role");
    }
    if (!found.equals(program)) {
      throw new ProtocolException(
          ErrorCode.WRONG_PROGRAM,
          "%s were dealt for program %s, not for %s: deal again for this model"
              .formatted(what, found, program));
    }
    return new KeyHeader(kind, found, session, first, length);
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  @Override
  public String toString() {
    return "KeyHeader[" + kind + ", " + program + ", " + session + "]";
  }
}
