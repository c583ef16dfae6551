package io.maskwire.crypto.wire;

import io.maskwire.crypto.prg.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Seeds of a model version's weight mask, as one reader gets them.
 *
 * @param program which version
 * @param reader who may hold the file
 * @param seeds both for the owner and the dealer's vault, its own for a party
 */
public record VersionKey(ProgramId program, Reader reader, List<Seed> seeds) {
  private static final int MAGIC = 0x4d57564b; // MWVK
  private static final int VERSION = 1;

  /** Who a file is for. Whoever held one party's half never gets the other, the owner excepted. */
  public enum Reader {
    PARTY_0(0, 1),
    PARTY_1(1, 1),
    OWNER(2, 2);

    private final int code;
    private final int seeds;

    Reader(int code, int seeds) {
      this.code = code;
      this.seeds = seeds;
    }
  }

  public VersionKey {
    seeds = List.copyOf(seeds);
    if (seeds.size() != reader.seeds) {
      throw new IllegalArgumentException(
          "%s gets %d seeds, not %d".formatted(reader, reader.seeds, seeds.size()));
    }
  }

  /** The file's bytes: secret. */
  public byte[] encode() {
    ByteWriter writer = new ByteWriter(96).putInt(MAGIC).putShort(VERSION);
    writer.putByte(reader.code).putBytes(program.toBytes());
    seeds.forEach(seed -> writer.putBytes(seed.toBytes()));
    return writer.putInt(KeyHeader.checksum(writer.buffer(), 0, writer.size())).toBytes();
  }

  /**
   * Reads the file of {@code reader} for {@code program}.
   *
   * @throws ProtocolException if it is another file
   */
  public static VersionKey decode(byte[] bytes, Reader reader, ProgramId program) {
    ByteReader from = new ByteReader(bytes, "version key");
    from.expectHeader(MAGIC, VERSION);
    if (from.getByte() != reader.code) {
      throw new ProtocolException(ErrorCode.WRONG_ROLE, "the version key is not for " + reader);
    }
    ProgramId found = new ProgramId(from.getBytes(ProgramId.BYTES));
    if (!found.equals(program)) {
      throw new ProtocolException(
          ErrorCode.WRONG_PROGRAM,
          "the version key is of program %s, not of %s".formatted(found, program));
    }
    List<Seed> seeds = new ArrayList<>();
    for (int i = 0; i < reader.seeds; i++) {
      seeds.add(Seed.copyOf(from.getBytes(Seed.BYTES)));
    }
    int expected = KeyHeader.checksum(bytes, 0, bytes.length - from.remaining());
    if (from.getInt() != expected) {
      throw from.malformed("the checksum does not match");
    }
    from.expectEnd();
    return new VersionKey(found, reader, seeds);
  }

  @Override
  public String toString() {
    return "VersionKey[" + program + ", " + reader + "]";
  }
}
