package io.maskwire.exchange.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  private static final byte[] FIRST = {1, 2, 3};
  private static final byte[] OTHER = {4};

  @TempDir private Path root;
  private RecordedDisk disk;
  private DurableFiles files;
  private Path file;

  @BeforeEach
  void start() {
    disk = new RecordedDisk(root);
    files = new DurableFiles(disk);
    file = root.resolve("file");
  }

  private List<Path> there() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.toList();
    }
  }

  @Test
  void create_new_survivesPowerLossAndIsItsUsersAlone() throws IOException {
    files.create(file, FIRST);

    assertThat(disk.afterPowerLoss(file)).contains(FIRST);
    assertThat(there()).containsExactly(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void create_existing_isRefusedAndChangesNothing() throws IOException {
    files.create(file, FIRST);

    assertThatThrownBy(() -> files.create(file, OTHER))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasBinaryContent(FIRST);
    assertThat(disk.afterPowerLoss(file)).contains(FIRST);
    assertThat(there()).containsExactly(file);
  }

  @Test
  void replace_existing_survivesPowerLoss() throws IOException {
    files.replace(file, FIRST);
    files.replace(file, OTHER);

    assertThat(file).hasBinaryContent(OTHER);
    assertThat(disk.afterPowerLoss(file)).contains(OTHER);
    assertThat(there()).containsExactly(file);
  }

  @Test
  void delete_existing_staysDeletedAfterPowerLoss() throws IOException {
    files.create(file, FIRST);

    assertThat(files.delete(file)).isTrue();
    assertThat(files.delete(file)).isFalse();

    assertThat(disk.afterPowerLoss(file)).isEmpty();
  }

  @Test
  void move_toAnotherFolder_survivesPowerLossThereAlone() throws IOException {
    Path folder = root.resolve("a");
    Path to = folder.resolve("file");
    files.createFolders(folder);
    Files.write(file, FIRST);

    files.move(file, to);

    assertThat(disk.afterPowerLoss(to)).contains(FIRST);
    assertThat(disk.afterPowerLoss(file)).isEmpty();
  }

  @Test
  void createFolders_severalMissing_surviveWithTheirFile() throws IOException {
    Path folder = root.resolve("a").resolve("b");
    Path deep = folder.resolve("file");

    files.createFolders(folder);
    files.createFolders(folder);
    files.create(deep, FIRST);

    assertThat(disk.afterPowerLoss(deep)).contains(FIRST);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void onDisk_everyMethod_worksOnThisMachine() throws IOException {
    DurableFiles real = DurableFiles.onDisk();
    Path folder = root.resolve("a");
    Path moved = folder.resolve("moved");

    real.createFolders(folder);
    real.create(file, FIRST);
    real.replace(file, OTHER);
    real.move(file, moved);

    assertThat(moved).hasBinaryContent(OTHER);
    assertThat(real.delete(moved)).isTrue();
  }
}
