package io.maskwire.crypto.execution;

import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProtocolException;

/** A key file that is read by ranges: an array, a file, a blob. */
@FunctionalInterface
public interface KeySource {
  /**
   * Reads bytes {@code offset} to {@code offset + length} to the start of {@code target}.
   *
   * @throws ProtocolException if the file ends before
   */
  void read(long offset, int length, byte[] target);

  /**
   * Bytes {@code offset} to {@code offset + length}.
   *
   * @throws ProtocolException if the file ends before
   */
  default byte[] read(long offset, int length) {
    byte[] bytes = new byte[length];
    read(offset, length, bytes);
    return bytes;
  }

  /** A source over {@code bytes}, which must not change. */
  static KeySource of(byte[] bytes) {
    return (offset, length, target) -> {
      if (offset < 0 || length > bytes.length - offset) {
        throw cutShort(offset, length, bytes.length);
      }
      System.arraycopy(bytes, (int) offset, target, 0, length);
    };
  }

  /** The refusal of a range that is not there. */
  static ProtocolException cutShort(long offset, int length, long size) {
    return new ProtocolException(
        ErrorCode.MALFORMED,
        "keys are cut short: bytes %d to %d are needed, there are %d: fetch them again"
            .formatted(offset, offset + length, size));
  }
}
