package io.maskwire.cli.direct;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first message on a connection, in both directions, once both sides are authenticated:
 *
 * <pre>
 *   4 bytes  "MWD" and the version of this layout and of the frames after it
 *   1 byte   role
 *  32 bytes  program id
 *  16 bytes  session id
 * </pre>
 *
 * The first four bytes never change their meaning, so that versions recognise each other.
 */
final class Hello {
  static final int VERSION = 1;
  private static final int MAGIC = 'M' << 24 | 'W' << 16 | 'D' << 8;
  private static final int VERSION_MASK = 0xff;
  private static final int BYTES =
      Integer.BYTES + 1 + SessionBinding.PROGRAM_ID_BYTES + SessionBinding.SESSION_ID_BYTES;

  private Hello() {}

  static byte[] encode(SessionBinding binding) {
    HexFormat hex = HexFormat.of();
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC | VERSION)
        .put((byte) binding.role())
        .put(hex.parseHex(binding.programId()))
        .put(hex.parseHex(binding.sessionId()))
        .array();
  }

  /** Reads the peer's hello; says why the peer is not the other half of {@code own}, if so. */
  static Optional<String> disagreement(InputStream in, SessionBinding own) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int head = data.readInt();
    if ((head & ~VERSION_MASK) != MAGIC) {
      return Optional.of("the peer is no maskwire party");
    }
    if ((head & VERSION_MASK) != VERSION) {
      return Optional.of(
          "the peer speaks version %d of the direct protocol, this party version %d"
              .formatted(head & VERSION_MASK, VERSION));
    }
    byte role = data.readByte();
    String programId = readHex(data, SessionBinding.PROGRAM_ID_BYTES);
    String sessionId = readHex(data, SessionBinding.SESSION_ID_BYTES);
    if (role != 1 - own.role()) {
      return Optional.of(
          "the peer has role %d, this party role %d; start one with --role 0, the other with 1"
              .formatted(role, own.role()));
    }
    if (!programId.equals(own.programId())) {
      return Optional.of(
          "the peer runs program %s, this party %s".formatted(programId, own.programId()));
    }
    if (!sessionId.equals(own.sessionId())) {
      return Optional.of(
          "the peer runs session %s, this party %s".formatted(sessionId, own.sessionId()));
    }
    return Optional.empty();
  }

  private static String readHex(DataInputStream data, int bytes) throws IOException {
    byte[] id = new byte[bytes];
    data.readFully(id);
    return HexFormat.of().formatHex(id);
  }
}
