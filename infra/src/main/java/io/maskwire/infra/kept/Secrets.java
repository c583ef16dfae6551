package io.maskwire.infra.kept;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random secrets. */
public final class Secrets {
  private static final int PASSWORD_BYTES = 24;
  private static final int ACCOUNT_KEY_BYTES = 64;

  private Secrets() {}

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** A password of 192 bits, in letters and digits that need no quoting anywhere. */
  public static String password() {
    return HexFormat.of().formatHex(random(PASSWORD_BYTES));
  }

  /** The key of a storage account: 512 bits in Base64. */
  public static String accountKey() {
    return Base64.getEncoder().encodeToString(random(ACCOUNT_KEY_BYTES));
  }
}
