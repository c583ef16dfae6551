package io.maskwire.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maskwire.cli.direct.TestCertificates.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIdentityTest {
  @TempDir private Path directory;

  @Test
  void fromPem_goodFiles_namesThePartyWithoutWarning() {
    TlsIdentity identity = Parties.identity(Parties.ZERO);

    assertThat(identity.name()).contains("CN=party-0");
    assertThat(identity.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "Ed25519", "EC"})
  void fromPem_eachKindOfKey_connects(String algorithm) {
    Pem pem = Parties.AUTHORITY.issue("party-" + algorithm, "-keyalg", algorithm);
    var one = Parties.Party.of(pem, 1).expecting("party-0");
    var zero = Parties.zero().expecting("party-" + algorithm);

    try (var linked = Parties.Linked.of(zero, one)) {
      linked.one().send(new byte[] {1});
      assertThat(linked.zero().receive()).containsExactly(1);
    }
  }

  @Test
  void fromPem_keyReadableByOthers_warns() throws IOException {
    Path key = copyOf(Parties.ZERO.key());
    assumeTrue(Files.getFileStore(key).supportsFileAttributeView("posix"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(TlsIdentity.fromPem(Parties.ZERO.certificate(), key, Parties.ZERO.authority()))
        .satisfies(
            identity ->
                assertThat(identity.warnings())
                    .singleElement()
                    .asString()
                    .contains(key.toString(), "rw-r--r--", "chmod 600"));
  }

  @Test
  void fromPem_keyOfAnotherParty_isRefused() {
    Pem mixed = new Pem(Parties.ZERO.certificate(), Parties.ONE.key(), Parties.ZERO.authority());

    assertRefused(mixed, "does not belong to the certificate", "party-0");
  }

  @Test
  void fromPem_keyOfAnotherKind_isRefused() {
    Pem rsa = Parties.AUTHORITY.issue("other-kind", "-keyalg", "RSA");

    assertRefused(
        new Pem(Parties.ZERO.certificate(), rsa.key(), rsa.authority()),
        "does not belong to the certificate");
  }

  @Test
  void fromPem_missingFile_isNamed() {
    Path missing = directory.resolve("absent.pem");

    assertRefused(
        new Pem(missing, Parties.ZERO.key(), Parties.ZERO.authority()),
        "cannot read the certificate file",
        missing.toString());
  }

  @Test
  void fromPem_certificateGivenAsKey_isRefused() {
    assertRefused(
        new Pem(Parties.ZERO.certificate(), Parties.ZERO.certificate(), Parties.ZERO.authority()),
        "holds 0 private keys");
  }

  @Test
  void fromPem_keyGivenAsCertificate_isRefusedWithoutItsContent() throws IOException {
    String secret = Files.readString(Parties.ZERO.key()).lines().skip(1).findFirst().orElseThrow();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TlsIdentity.fromPem(
                    Parties.ZERO.key(), Parties.ZERO.key(), Parties.ZERO.authority()))
        .withMessageContaining("holds no CERTIFICATE")
        .withMessageNotContaining(secret);
  }

  @Test
  void fromPem_binaryFile_isNoPem() throws IOException {
    Path binary = Files.write(directory.resolve("key.der"), new byte[] {0x30, 0x01, 0x00});

    assertRefused(
        new Pem(Parties.ZERO.certificate(), binary, Parties.ZERO.authority()), "is no PEM file");
  }

  @Test
  void fromPem_damagedCertificate_isRefused() throws IOException {
    Path damaged =
        Files.writeString(
            directory.resolve("damaged.pem"),
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");

    assertRefused(
        new Pem(damaged, Parties.ZERO.key(), Parties.ZERO.authority()), "damaged certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"})
  void fromPem_keyInAnotherForm_tellsHowToConvert(String label) throws IOException {
    String text = Files.readString(Parties.ZERO.key()).replace("PRIVATE KEY", label);
    Path key = Files.writeString(directory.resolve("other.key"), text);

    assertRefused(
        new Pem(Parties.ZERO.certificate(), key, Parties.ZERO.authority()),
        label,
        "openssl pkcs8 -topk8 -nocrypt");
  }

  @Test
  void fromPem_damagedKey_isRefused() throws IOException {
    Path key =
        Files.writeString(
            directory.resolve("damaged.key"),
            "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n");

    assertRefused(
        new Pem(Parties.ZERO.certificate(), key, Parties.ZERO.authority()), "is damaged or no EC");
  }

  @Test
  void fromPem_partyGivenAsAuthority_isRefused() {
    assertRefused(
        Parties.ZERO.trusting(Parties.ONE.certificate()), "party-1", "is no CA certificate");
  }

  @Test
  void fromPem_expiredCertificate_isRefused() {
    assertRefused(Parties.AUTHORITY.expired("expired-here"), "expired-here", "expired at");
  }

  @Test
  void fromPem_certificateOfTheFuture_isRefused() {
    InstantSource past = InstantSource.fixed(Instant.now().minus(Duration.ofDays(400)));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TlsIdentity.fromPem(
                    Parties.ZERO.certificate(), Parties.ZERO.key(), Parties.ZERO.authority(), past))
        .withMessageContaining("valid only from");
  }

  private Path copyOf(Path file) throws IOException {
    return Files.copy(file, directory.resolve("copy.key"));
  }

  private static void assertRefused(Pem pem, String... messages) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parties.identity(pem))
        .withMessageContainingAll(messages);
  }
}
