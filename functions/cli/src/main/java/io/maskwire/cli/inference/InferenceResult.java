package io.maskwire.cli.inference;

import io.maskwire.crypto.ring.FloatTensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One secure inference.
 *
 * @param outputs after unmasking, decoding and the user's last operator
 * @param bitExact whether the unmasked integers equal those of the cleartext program; empty where
 *     the weights are elsewhere, so that nobody here can tell
 * @param rounds messages that each party sent to the other
 * @param keyBytes sizes of the key files
 * @param onlineBytes what was sent once the image was there
 * @param millis wall-clock time of the phases
 */
public record InferenceResult(
    List<FloatTensor> outputs,
    Optional<Boolean> bitExact,
    int rounds,
    KeyBytes keyBytes,
    OnlineBytes onlineBytes,
    Millis millis) {

  /** True unless the secure result is known to differ from the cleartext program's. */
  public boolean exact() {
    return bitExact.orElse(true);
  }

  /** The same, with what the owner of the weights can tell. */
  public InferenceResult withBitExact(boolean exact) {
    return new InferenceResult(outputs, Optional.of(exact), rounds, keyBytes, onlineBytes, millis);
  }

  /** The same, with what the dealer can tell. */
  public InferenceResult withDealMillis(double deal) {
    Millis known = new Millis(deal, millis.offline(), millis.online(), millis.total());
    return new InferenceResult(outputs, bitExact, rounds, keyBytes, onlineBytes, known);
  }

  /**
   * Sizes of one session's key files.
   *
   * @param common for both parties
   * @param party0 for party 0 alone
   * @param party1 for party 1 alone
   */
  public record KeyBytes(long common, long party0, long party1) {
    /** The sum. */
    public long total() {
      return common + party0 + party1;
    }
  }

  /**
   * Bytes sent in the online phase.
   *
   * @param input the masked input
   * @param openings all round messages and result shares of both parties
   */
  public record OnlineBytes(long input, long openings) {}

  /**
   * Phases of one session.
   *
   * @param deal dealer
   * @param offline both parties, before the image is there
   * @param online from the image to the unmasked result
   * @param total through a gateway: from the first byte of the upload to the unmasked result
   */
  public record Millis(double deal, double offline, double online, OptionalDouble total) {
    /** Both parties in this process. */
    public Millis(double deal, double offline, double online) {
      this(deal, offline, online, OptionalDouble.empty());
    }
  }
}
