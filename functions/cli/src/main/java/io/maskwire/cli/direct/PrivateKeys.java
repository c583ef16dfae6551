package io.maskwire.cli.direct;

import io.maskwire.exchange.seal.PemFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reading and checking a party's private key. */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PrivateKeys() {}

  static PrivateKey read(Path file) {
    byte[] encoded = PemFile.read(file, "private key").privateKey();
    PKCS8EncodedKeySpec specification = new PKCS8EncodedKeySpec(encoded);
    try {
      // PKCS#8 names its algorithm, but the JDK wants to be told: only the right factory takes it.
      for (String algorithm : ALGORITHMS) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(specification);
        } catch (InvalidKeySpecException _) {
          // The next one may.
        }
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw new IllegalArgumentException(
        file + " is damaged or no EC, RSA or Ed25519 key in PKCS#8 form");
  }

  /** Whether a signature by {@code key} verifies under {@code publicKey}. */
  static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    byte[] message =
        "maskwire: does the key belong to the certificate".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** A warning if other users of this machine can read the file. */
  static Optional<String> exposure(Path file) {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return Optional.empty();
    }
    try {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      if (!permissions.contains(PosixFilePermission.GROUP_READ)
          && !permissions.contains(PosixFilePermission.OTHERS_READ)) {
        return Optional.empty();
      }
      return Optional.of(
          "the private key %s can be read by other users (%s); chmod 600 it"
              .formatted(file, PosixFilePermissions.toString(permissions)));
    } catch (IOException e) {
      return Optional.of("cannot tell who may read the private key %s: %s".formatted(file, e));
    }
  }
}
