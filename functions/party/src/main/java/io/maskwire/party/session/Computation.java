package io.maskwire.party.session;

import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.execution.PartySession;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.party.keys.OpenKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session's own messages, computed from its keys and transcript: a cache, which can be computed
 * again from the log at any time. It keeps the last two messages, since no earlier one can be
 * missing at the peer, and knows which of them the broker has had from this instance. Not thread
 * safe.
 */
final class Computation implements AutoCloseable {
  private static final int KEPT_MESSAGES = 2;

  private final PartyModel model;
  private final OpenKeys keys;
  private final PartySession session;
  private final List<byte[]> digests = new ArrayList<>();
  private final Map<Integer, RoundMessage> messages = new HashMap<>();
  private final BitSet delivered = new BitSet();
  private boolean begun;

  /** A session of {@code model} that has not begun; closes {@code keys} in the end. */
  Computation(PartyModel model, OpenKeys keys) {
    this.model = model;
    this.keys = keys;
    session = new PartySession(model, keys.keys());
  }

  PartyModel model() {
    return model;
  }

  /** Computes what does not depend on the input, and reads the first keys ahead. */
  void prepare() {
    session.prepare();
    keys.rewind();
  }

  boolean begun() {
    return begun;
  }

  /** Takes the masked input and computes the first message. */
  void begin(MaskedInput input) {
    keep(session.begin(input));
    begun = true;
  }

  /** Number of the peer's messages that were taken. */
  int received() {
    return digests.size();
  }

  /** SHA-256 of the message of {@code round} that was taken. */
  byte[] digest(int round) {
    return digests.get(round).clone();
  }

  /** True if {@code peer} is of this round and was computed on the same inputs and openings. */
  boolean accepts(RoundMessage peer) {
    RoundMessage own = message(received());
    return peer.round() == own.round()
        && Arrays.equals(peer.transcript(), own.transcript())
        && peer.payload().length == own.payload().length;
  }

  /** Takes the peer's next message, which {@link #accepts} has seen, and computes the own next. */
  void advance(RoundMessage peer, byte[] digest) {
    keep(session.advance(peer));
    digests.add(digest);
  }

  private void keep(RoundMessage message) {
    messages.put(message.round(), message);
    messages.remove(message.round() - KEPT_MESSAGES);
  }

  /** True if the last message is the result share. */
  boolean complete() {
    return session.finished();
  }

  /** The own message of {@code round}, one of the last two. */
  RoundMessage message(int round) {
    RoundMessage message = messages.get(round);
    if (message == null) {
      throw new IllegalStateException("the message of round " + round + " is not kept");
    }
    return message;
  }

  boolean delivered(int round) {
    return delivered.get(round);
  }

  void setDelivered(int round) {
    delivered.set(round);
  }

  /** About how much memory it takes, keys apart. */
  static long estimatedBytes(Program program) {
    long prepared = 0;
    long widest = 0;
    for (Program.Step step : program.steps()) {
      for (Wire output : step.gate().outputs()) {
        prepared += step.gate() instanceof Gate.Linear ? output.count() : 0;
        widest = Math.max(widest, output.count());
      }
    }
    int heldAtATime = 6;
    return Long.BYTES * (prepared + heldAtATime * widest);
  }

  @Override
  public void close() {
    keys.close();
  }
}
