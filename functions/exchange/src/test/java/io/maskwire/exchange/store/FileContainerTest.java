package io.maskwire.exchange.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to files; what every store promises is tested with the local stores. */
class FileContainerTest {
  private static final byte[] FIRST = {1, 2, 3};
  private static final byte[] OTHER = {4, 5};

  @TempDir private Path root;
  private Path folder;
  private RecordedDisk disk;
  private FileContainer container;

  @BeforeEach
  void start() {
    folder = root.resolve("container");
    disk = new RecordedDisk(root);
    container = new FileContainer(folder, new DurableFiles(disk));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void create_inNewFolder_survivesPowerLoss() {
    assertThat(container.create("model/version/session.bin", FIRST)).isTrue();
    assertThat(container.create("model/version/session.bin", OTHER)).isFalse();

    assertThat(disk.afterPowerLoss(file("model/version/session.bin"))).contains(FIRST);
  }

  @Test
  void upload_committed_survivesPowerLoss() throws IOException {
    try (BlobUpload upload = container.upload("session")) {
      upload.write(FIRST);
      upload.write(OTHER);
      assertThat(upload.commit()).isTrue();
    }

    assertThat(disk.afterPowerLoss(file("session"))).contains(new byte[] {1, 2, 3, 4, 5});
  }

  @Test
  void put_existing_survivesPowerLoss() {
    container.put("record", FIRST);
    container.put("record", OTHER);

    assertThat(disk.afterPowerLoss(file("record"))).contains(OTHER);
  }

  @Test
  void append_record_survivesPowerLoss() {
    container.createLog("log");
    assertThat(disk.afterPowerLoss(file("log"))).contains(new byte[0]);

    assertThat(container.append("log", 0, FIRST)).isTrue();
    assertThat(container.append("log", 3, OTHER)).isTrue();

    assertThat(disk.afterPowerLoss(file("log"))).contains(new byte[] {1, 2, 3, 4, 5});
  }

  @Test
  void delete_existing_staysDeletedAfterPowerLoss() {
    container.create("keys", FIRST);

    container.delete("keys");

    assertThat(disk.afterPowerLoss(file("keys"))).isEmpty();
  }

  @Test
  void everyMethod_foldersAndFiles_areTheirUsersAlone() throws IOException {
    container.create("a/b/created", FIRST);
    container.put("a/c/put", FIRST);
    container.createLog("a/log");
    container.append("a/log", 0, FIRST);

    try (BlobUpload upload = container.upload("a/d/abandoned")) {
      upload.write(FIRST);
      assertThat(permissions(folder)).containsOnly("rwx------", "rw-------");
    }

    assertThat(permissions(folder)).containsOnly("rwx------", "rw-------");
  }

  @Test
  void create_diskIsFull_mayPassAndLeavesNothing() throws IOException {
    DurableFiles full =
        new DurableFiles(
            new DurableFiles.Disk() {
              @Override
              public void forceFile(Path path, FileChannel file) throws IOException {
                throw new IOException("No space left on device");
              }

              @Override
              public void forceFolder(Path path) {}
            });
    FileContainer unlucky = new FileContainer(folder, full);

    assertThatThrownBy(() -> unlucky.create("blob", FIRST))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void append_noSuchLog_failsForGood() {
    assertThatThrownBy(() -> container.append("log", 0, FIRST))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.FAILED));
  }

  private static List<String> permissions(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(FileContainerTest::permissionsOf).toList();
    }
  }

  private static String permissionsOf(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
