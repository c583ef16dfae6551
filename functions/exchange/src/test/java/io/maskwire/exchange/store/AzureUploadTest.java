package io.maskwire.exchange.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureUploadTest {
  private static final String MARK = "a seed that nobody else may see ";

  @TempDir private Path folder;

  /** Larger than what is kept in memory, and the same text from its first to its last byte. */
  private static byte[] secret() {
    return MARK.repeat((6 << 20) / MARK.length()).getBytes(StandardCharsets.UTF_8);
  }

  private List<Path> spooled() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private AzureUpload upload(BlobServer server) {
    AzureContainer container = (AzureContainer) Stores.open(server.container());
    return new AzureUpload(container, "model/version/session.bin", folder);
  }

  @Test
  void write_largerThanMemory_isNeverInClearInAFile() throws IOException {
    byte[] secret = secret();

    try (BlobServer server = new BlobServer(0);
        AzureUpload upload = upload(server)) {
      upload.write(secret, 0, secret.length / 2);
      upload.write(secret, secret.length / 2, secret.length - secret.length / 2);

      assertThat(spooled()).hasSize(1);
      Path file = spooled().getFirst();
      // As long as not to be among six million random bytes by chance.
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1).contains("nobody else"))
          .isFalse();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(server.requests()).isEmpty();
    }

    assertThat(spooled()).isEmpty();
  }

  @Test
  void commit_largerThanMemory_sendsWhatWasWrittenInOneRequest() throws IOException {
    byte[] secret = secret();

    try (BlobServer server = new BlobServer(0);
        AzureUpload upload = upload(server)) {
      upload.write(secret[0]);
      upload.write(secret, 1, secret.length - 1);

      assertThat(upload.commit()).isTrue();

      assertThat(server.requests()).hasSize(1);
      BlobServer.Request request = server.requests().getFirst();
      assertThat(Arrays.equals(request.body(), secret)).isTrue();
      assertThat(request.condition()).isEqualTo("*");
      assertThat(request.query()).doesNotContain("comp=block");
    }

    assertThat(spooled()).isEmpty();
  }

  @Test
  void commit_serviceBusy_sendsTheSameAgain() throws IOException {
    byte[] secret = secret();

    try (BlobServer server = new BlobServer(2);
        AzureUpload upload = upload(server)) {
      upload.write(secret);

      assertThat(upload.commit()).isTrue();

      assertThat(server.requests())
          .hasSize(3)
          .allSatisfy(request -> assertThat(Arrays.equals(request.body(), secret)).isTrue());
    }
  }

  @Test
  void commit_small_isNeverInAFile() throws IOException {
    try (BlobServer server = new BlobServer(0);
        AzureUpload upload = upload(server)) {
      upload.write(MARK.getBytes(StandardCharsets.UTF_8));

      assertThat(spooled()).isEmpty();
      assertThat(upload.commit()).isTrue();
      assertThat(server.requests().getFirst().body()).asString().isEqualTo(MARK);
    }
  }
}
