package io.maskwire.infra.stack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** PEM text. */
final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  static String of(String label, byte[] encoded) {
    byte[] newline = {'\n'};
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label,
            new String(
                Base64.getMimeEncoder(LINE, newline).encode(encoded), StandardCharsets.US_ASCII),
            label);
  }
}
