package io.maskwire.cli.direct;

import java.util.HexFormat;

/**
 * What a connection is for. The peer must have the other role and the same ids.
 *
 * @param role 0 or 1
 * @param programId 32 bytes in lower-case hex, the hash of the compiled program
 * @param sessionId 16 bytes in lower-case hex, from the key files
 */
public record SessionBinding(int role, String programId, String sessionId) {
  static final int PROGRAM_ID_BYTES = 32;
  static final int SESSION_ID_BYTES = 16;

  public SessionBinding {
    if (role != 0 && role != 1) {
      throw new IllegalArgumentException("a role is 0 or 1, not " + role);
    }
    requireHex("program", programId, PROGRAM_ID_BYTES);
    requireHex("session", sessionId, SESSION_ID_BYTES);
  }

  private static void requireHex(String name, String hex, int bytes) {
    boolean isHex = hex.chars().allMatch(c -> HexFormat.isHexDigit(c) && !Character.isUpperCase(c));
    if (!isHex || hex.length() != 2 * bytes) {
      throw new IllegalArgumentException(
          "a %s id is %d bytes in lower-case hex, not '%s'".formatted(name, bytes, hex));
    }
  }
}
