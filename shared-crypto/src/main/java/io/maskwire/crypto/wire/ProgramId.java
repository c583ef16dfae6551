package io.maskwire.crypto.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a program's body: names a compiled model in keys, messages and handshakes. */
public final class ProgramId {
  /** Length in bytes. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  /** The id {@code bytes}, 32 of them. */
  public ProgramId(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a program id has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProgramId id && Arrays.equals(bytes, id.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The first 16 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, 8);
  }
}
