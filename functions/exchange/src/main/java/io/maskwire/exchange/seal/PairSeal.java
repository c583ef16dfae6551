package io.maskwire.exchange.seal;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Round messages between the two parties: AES-256-GCM under a key for each session and direction,
 * HKDF-SHA-256 of the ECDH secret of both certificates' keys. Only the two parties can make or open
 * them. Sealed bytes: version (1), nonce (12, random), ciphertext and tag.
 */
public final class PairSeal {
  /** Bytes that sealing adds. */
  public static final int OVERHEAD = 1 + 12 + 16;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte VERSION = 1;

  private final PrivateKey own;
  private final ECPublicKey peer;
  private final SecureRandom random;

  private @Nullable SecretKey agreed;

  /**
   * Seals what the holders of {@code own} and {@code peer} exchange, over all sessions.
   *
   * @throws IllegalArgumentException unless both are of P-256
   */
  public PairSeal(PrivateKey own, ECPublicKey peer, SecureRandom random) {
    if (!SealKeys.isP256(own) || !SealKeys.isP256(peer)) {
      throw new IllegalArgumentException(
          "the own key and the peer's certificate do not agree: both must be of P-256");
    }
    this.own = own;
    this.peer = peer;
    this.random = random;
  }

  /** What both agree on, made with the first message: the start of a function need not wait. */
  private synchronized SecretKey agreed() throws GeneralSecurityException {
    if (agreed == null) {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(own);
      agreement.doPhase(peer, true);
      agreed = agreement.generateSecret("Generic");
    }
    return agreed;
  }

  private SecretKey key(SessionId session, Role sender) throws GeneralSecurityException {
    byte[] info =
        "maskwire/1 from party %d in %s"
            .formatted(sender.index(), session)
            .getBytes(StandardCharsets.UTF_8);
    return KDF.getInstance("HKDF-SHA256")
        .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(agreed()).thenExpand(info, 32));
  }

  /** Seals the message of {@code sender}, this party, in {@code round}. */
  public byte[] seal(SessionId session, Role sender, int round, byte[] message) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, session, sender, round, nonce);
      byte[] sealed = new byte[OVERHEAD + message.length];
      ByteBuffer.wrap(sealed).put(VERSION).put(nonce);
      cipher.doFinal(message, 0, message.length, sealed, 1 + NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens the message of {@code sender}, the peer, in {@code round}.
   *
   * @throws SealException if the peer has not sealed these bytes for this session and round
   */
  public byte[] open(SessionId session, Role sender, int round, byte[] sealed) {
    if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
      throw new SealException("no sealed round message of version " + VERSION);
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 1, nonce, 0, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, session, sender, round, nonce)
          .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new SealException(
          "round %d of session %s was not sealed by party %d for this party"
              .formatted(round, session, sender.index()),
          e);
    }
  }

  private Cipher cipher(int mode, SessionId session, Role sender, int round, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key(session, sender), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(Purpose.round(session, sender, round).bytes());
    return cipher;
  }
}
