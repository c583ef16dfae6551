package io.maskwire.crypto.trace;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/** What must not be done with a secret, to see that it would be found. */
public final class Leaks {
  private static final LongAdder RESULTS = new LongAdder();
  private static final byte[] TABLE = new byte[16];

  private Leaks() {}

  /** By the word that tells of them. */
  public static Map<String, LongConsumer> all() {
    return Map.of(
        "branch", running(secret -> secret > 3 ? 1 : 2),
        "index", running(secret -> TABLE[(int) secret]),
        "division", running(secret -> 1000 / (secret + 1)));
  }

  private static LongConsumer running(LongUnaryOperator leak) {
    return secret -> RESULTS.add(leak.applyAsLong(secret));
  }
}
