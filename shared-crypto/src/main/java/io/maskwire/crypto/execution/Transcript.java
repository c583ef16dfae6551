package io.maskwire.crypto.execution;

import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.Sha256;
import java.nio.ByteBuffer;

/**
 * What both parties have seen so far, as a chain of SHA-256: session, program and masked inputs,
 * then each round's two openings. Equal transcripts mean equal views; every message carries it.
 */
final class Transcript {
  private byte[] state;

  /** The transcript of a session that starts with {@code input}, encoded as {@code bytes}. */
  Transcript(MaskedInput input, byte[] bytes) {
    state = Sha256.of(input.session().toBytes(), input.program().toBytes(), bytes);
  }

  /** Adds the openings of both parties in {@code round}. */
  void append(int round, byte[] opening0, byte[] opening1) {
    byte[] header = ByteBuffer.allocate(8).putInt(round).putInt(opening0.length).array();
    state = Sha256.of(state, header, opening0, opening1);
  }

  /** The current 32 bytes. */
  byte[] current() {
    return state.clone();
  }
}
