package io.maskwire.exchange.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bytes that wait in a temporary file, encrypted under a key that is in memory alone: whoever reads
 * the file, or finds it after a crash, has nothing. Written once, then read as often as needed. Not
 * thread safe.
 */
final class EncryptedSpool implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int KEY_BYTES = 32;
  private static final int BLOCK_BYTES = 16;

  private final byte[] key = new byte[KEY_BYTES];
  private final Path file;
  private final OutputStream out;
  private boolean read;

  /** An empty one in {@code folder}. */
  EncryptedSpool(Path folder) throws IOException {
    new SecureRandom().nextBytes(key);
    file = Files.createTempFile(folder, "maskwire-", ".sealed");
    out =
        new CipherOutputStream(
            new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES),
            cipher(Cipher.ENCRYPT_MODE));
  }

  /** AES-CTR from zero: a key encrypts one file. Its bytes are as many as those of the text. */
  private Cipher cipher(int mode) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK_BYTES]));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR is missing", e);
    }
  }

  void write(byte[] bytes, int offset, int count) throws IOException {
    out.write(bytes, offset, count);
  }

  /** Nothing is written any more. */
  void finish() throws IOException {
    out.close();
  }

  /** The encrypted bytes, which stand for the others until they are sent. */
  Path file() {
    return file;
  }

  /** The bytes that were written, from the start. */
  InputStream open() throws IOException {
    read = true;
    return new CipherInputStream(
        new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES),
        cipher(Cipher.DECRYPT_MODE));
  }

  /** True if somebody has opened it. */
  boolean wasRead() {
    return read;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      Arrays.fill(key, (byte) 0);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
