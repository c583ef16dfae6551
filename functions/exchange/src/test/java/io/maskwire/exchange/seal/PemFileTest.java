package io.maskwire.exchange.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFileTest {
  @TempDir private Path folder;

  private static String block(String label, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(bytes));
  }

  private static PemFile key(byte[] encoded) {
    return PemFile.parse(block("PRIVATE KEY", encoded), "own.key", "private key");
  }

  @Test
  void privateKey_onP256_isReadFromAFileWithTextAround() throws IOException {
    KeyPair pair = SealKeys.generate(new SecureRandom());
    Path file = folder.resolve("own.key");
    Files.writeString(
        file, "Bag Attributes\n" + block("PRIVATE KEY", pair.getPrivate().getEncoded()));

    assertThat(SealKeys.privateKey(PemFile.read(file, "private key"))).isEqualTo(pair.getPrivate());
  }

  @Test
  void privateKey_onAnotherCurve_isRefused() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    PemFile file = key(generator.generateKeyPair().getPrivate().getEncoded());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealKeys.privateKey(file))
        .withMessageContaining("own.key holds a private key of another curve");
  }

  @Test
  void privateKey_damaged_isRefused() {
    PemFile file = key(new byte[] {1, 2, 3});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealKeys.privateKey(file))
        .withMessageContaining("own.key holds no private key of P-256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void privateKey_ofAnotherForm_saysHowToConvert(String label) {
    PemFile file = PemFile.parse(block(label, new byte[3]), "own.key", "private key");

    assertThatIllegalArgumentException()
        .isThrownBy(file::privateKey)
        .withMessageContaining("openssl pkcs8 -topk8 -nocrypt -in own.key");
  }

  @Test
  void certificates_fileOfAKey_isRefusedWithoutItsContent() {
    byte[] secret = {7, 7, 7, 7, 7, 7};
    PemFile file = key(secret);

    assertThatIllegalArgumentException()
        .isThrownBy(file::certificates)
        .withMessageContaining("own.key holds no CERTIFICATE, only [PRIVATE KEY]")
        .withMessageNotContaining(Base64.getEncoder().encodeToString(secret));
    assertThat(file.toString()).doesNotContain(Base64.getEncoder().encodeToString(secret));
  }

  @Test
  void read_noFile_saysWhatItWasFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PemFile.read(folder.resolve("none"), "CA"))
        .withMessageContaining("cannot read the CA file");
  }
}
