package io.maskwire.crypto.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** Public name of a session: 16 bytes that its dealer derived from the session's root. */
public final class SessionId {
  /** Length in bytes. */
  public static final int BYTES = 16;

  private final byte[] bytes;

  /** The id {@code bytes}, 16 of them. */
  public SessionId(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a session id has 16 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionId id && Arrays.equals(bytes, id.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
