package io.maskwire.crypto.execution;

import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProtocolException;
import java.util.Arrays;

/** A key file that is read by ranges: an array, a file, a blob. */
@FunctionalInterface
public interface KeySource {
  /**
   * Bytes {@code offset} to {@code offset + length}.
   *
   * @throws ProtocolException if the file ends before
   */
  byte[] read(long offset, int length);

  /** A source over {@code bytes}, which must not change. */
  static KeySource of(byte[] bytes) {
    return (offset, length) -> {
      if (offset < 0 || length > bytes.length - offset) {
        throw cutShort(offset, length, bytes.length);
      }
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
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
