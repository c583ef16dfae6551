package io.maskwire.exchange.seal;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.ByteWriter;
import io.maskwire.crypto.wire.ProtocolException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes sealed once for one or more receivers, whom the sender knows by their public keys: a
 * content key of its own encrypts them (AES-256-GCM), HPKE (RFC 9180, base mode, DHKEM(P-256,
 * HKDF-SHA256), HKDF-SHA256, AES-256-GCM) encrypts the content key for each receiver. WebCrypto has
 * all of these.
 *
 * <pre>
 *   "MWSE"  version (2)  receivers (1)  for each: length (2), enc (65), encrypted content key (48)  ciphertext, tag
 * </pre>
 *
 * <p>The purpose is HPKE's info; with all before the ciphertext it is the cipher's additional data.
 * A content key encrypts once, so its nonce is zero.
 */
public final class Envelope {
  private static final int MAGIC = 0x4d575345; // MWSE
  private static final int VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int TAG_BITS = 128;
  private static final int MOST_RECEIVERS = 16;
  private static final int HEADER_BYTES = 4 + 2 + 1;
  private static final int WRAPPED_BYTES = 2 + 65 + KEY_BYTES + TAG_BITS / Byte.SIZE;

  /** Made with the first envelope: it takes a while. */
  private static final class Hpke {
    static final HpkeParameters PARAMETERS = parameters();

    private static HpkeParameters parameters() {
      try {
        HybridConfig.register();
        return HpkeParameters.builder()
            .setKemId(HpkeParameters.KemId.DHKEM_P256_HKDF_SHA256)
            .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
            .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
            .setVariant(HpkeParameters.Variant.NO_PREFIX)
            .build();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("HPKE is not available", e);
      }
    }
  }

  private Envelope() {}

  /** Bytes that sealing for {@code receivers} adds. */
  public static int overhead(int receivers) {
    return HEADER_BYTES + receivers * WRAPPED_BYTES + TAG_BITS / Byte.SIZE;
  }

  /** Seals {@code message} for all {@code receivers}, in this order. */
  public static byte[] seal(
      Purpose purpose, byte[] message, List<ECPublicKey> receivers, SecureRandom random) {
    if (receivers.isEmpty() || receivers.size() > MOST_RECEIVERS) {
      throw new IllegalArgumentException(
          "1 to %d receivers, not %d".formatted(MOST_RECEIVERS, receivers.size()));
    }
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    try {
      ByteWriter header = new ByteWriter(1 << 8).putInt(MAGIC).putShort(VERSION);
      header.putByte(receivers.size());
      for (ECPublicKey receiver : receivers) {
        byte[] wrapped = encryptor(receiver).encrypt(key, purpose.bytes());
        header.putShort(wrapped.length).putBytes(wrapped);
      }
      byte[] start = header.toBytes();
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, purpose, start);
      byte[] sealed = Arrays.copyOf(start, start.length + cipher.getOutputSize(message.length));
      cipher.doFinal(message, 0, message.length, sealed, start.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Opens {@code sealed} as its receiver number {@code index}, whose keys are {@code own}.
   *
   * @throws SealException if it was not sealed for this receiver and purpose, or was changed
   */
  public static byte[] open(Purpose purpose, byte[] sealed, int index, KeyPair own) {
    try {
      ByteReader reader = new ByteReader(sealed, "sealed bytes");
      reader.expectHeader(MAGIC, VERSION);
      int receivers = reader.getByte();
      byte[] wrapped = new byte[0];
      for (int i = 0; i < receivers; i++) {
        byte[] next = reader.getBytes(reader.getShort());
        wrapped = i == index ? next : wrapped;
      }
      int start = sealed.length - reader.remaining();
      byte[] key = decryptor(own).decrypt(wrapped, purpose.bytes());
      try {
        return cipher(Cipher.DECRYPT_MODE, key, purpose, Arrays.copyOf(sealed, start))
            .doFinal(sealed, start, sealed.length - start);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    } catch (GeneralSecurityException | ProtocolException e) {
      throw new SealException(
          "these bytes were not sealed for this receiver as '%s'".formatted(purpose.text()), e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, Purpose purpose, byte[] header)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[12]));
    cipher.updateAAD(purpose.with(header));
    return cipher;
  }

  @AccessesPartialKey
  private static HpkePublicKey publicKey(ECPublicKey key) throws GeneralSecurityException {
    return HpkePublicKey.create(Hpke.PARAMETERS, Bytes.copyFrom(SealKeys.encode(key)), null);
  }

  private static HybridEncrypt encryptor(ECPublicKey receiver) throws GeneralSecurityException {
    return handle(publicKey(receiver))
        .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
  }

  @AccessesPartialKey
  private static HybridDecrypt decryptor(KeyPair own) throws GeneralSecurityException {
    byte[] scalar = SealKeys.scalar((ECPrivateKey) own.getPrivate());
    HpkePrivateKey key =
        HpkePrivateKey.create(
            publicKey((ECPublicKey) own.getPublic()),
            SecretBytes.copyFrom(scalar, InsecureSecretKeyAccess.get()));
    return handle(key).getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
  }

  private static KeysetHandle handle(Key key) throws GeneralSecurityException {
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
        .build();
  }
}
