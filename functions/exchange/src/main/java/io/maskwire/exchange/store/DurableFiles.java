package io.maskwire.exchange.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files that are there, whole, after a loss of power, once the method that wrote them has returned.
 * That takes two things: the bytes are forced to the disk before the file gets its name, and the
 * folder, which holds the name, after that. New files and folders are readable by their user alone
 * (modes 0600 and 0700). Thread safe.
 */
public final class DurableFiles {
  private static final String TEMPORARY = ".new-";
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final DurableFiles ON_DISK = new DurableFiles(new SystemDisk());

  private final Disk disk;

  /** What forces something from the system's memory to the disk. */
  interface Disk {
    /** Forces the bytes of {@code path}, open as {@code file}. */
    void forceFile(Path path, FileChannel file) throws IOException;

    /** Forces the names in {@code folder}. */
    void forceFolder(Path folder) throws IOException;
  }

  private static final class SystemDisk implements Disk {
    @Override
    public void forceFile(Path path, FileChannel file) throws IOException {
      file.force(true);
    }

    /** Elsewhere a folder cannot be opened, and its names need no forcing (NTFS logs them). */
    @Override
    public void forceFolder(Path folder) throws IOException {
      if (POSIX) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
          names.force(true);
        }
      }
    }
  }

  DurableFiles(Disk disk) {
    this.disk = disk;
  }

  /** Files of this machine. */
  public static DurableFiles onDisk() {
    return ON_DISK;
  }

  /**
   * Creates {@code file}, in a folder that is there, with {@code bytes}. Of several who try, one
   * succeeds; nobody ever sees a part of it.
   *
   * @throws FileAlreadyExistsException if it is there; nothing is changed then
   */
  public void create(Path file, byte[] bytes) throws IOException {
    Path temporary = temporaryBeside(file, TEMPORARY);
    try {
      write(temporary, bytes);
      link(file, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Creates {@code file}, in a folder that is there, or replaces all that is in it. */
  public void replace(Path file, byte[] bytes) throws IOException {
    replace(file, bytes, TEMPORARY);
  }

  void replace(Path file, byte[] bytes, String prefix) throws IOException {
    Path temporary = temporaryBeside(file, prefix);
    try {
      write(temporary, bytes);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      disk.forceFolder(folderOf(file));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Deletes {@code file}; false if there is none. */
  public boolean delete(Path file) throws IOException {
    boolean deleted = Files.deleteIfExists(file);
    if (deleted) {
      disk.forceFolder(folderOf(file));
    }
    return deleted;
  }

  /** Moves {@code from} to {@code to} in one step; both folders are there, on one disk. */
  public void move(Path from, Path to) throws IOException {
    try (FileChannel bytes = FileChannel.open(from, StandardOpenOption.WRITE)) {
      disk.forceFile(from, bytes);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    disk.forceFolder(folderOf(to));
    if (!folderOf(to).equals(folderOf(from))) {
      disk.forceFolder(folderOf(from));
    }
  }

  /** Makes {@code folder} and those above it that are not there. */
  public void createFolders(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    if (Files.isDirectory(absolute)) {
      return;
    }
    Path parent = absolute.getParent();
    if (parent != null) {
      createFolders(parent);
    }
    try {
      Files.createDirectory(absolute, ownerAlone("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(absolute)) {
        throw e;
      }
    }
    if (parent != null) {
      disk.forceFolder(parent);
    }
  }

  /** Forces the names in {@code folder}: files that others have made, renamed or deleted in it. */
  public void forceNames(Path folder) throws IOException {
    disk.forceFolder(folder);
  }

  /** Forces what was written to {@code path} through {@code file}. */
  void force(Path path, FileChannel file) throws IOException {
    disk.forceFile(path, file);
  }

  /** Gives {@code written}, whose bytes were forced, the name {@code file} beside its own. */
  void link(Path file, Path written) throws IOException {
    Files.createLink(file, written);
    disk.forceFolder(folderOf(file));
  }

  /** A new file in the folder of {@code file}. */
  static Path temporaryBeside(Path file, String prefix) throws IOException {
    return Files.createTempFile(folderOf(file), prefix, "", ownerAlone("rw-------"));
  }

  private static FileAttribute<?>[] ownerAlone(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      disk.forceFile(file, channel);
    }
  }

  private static Path folderOf(Path file) {
    return file.toAbsolutePath().resolveSibling("");
  }
}
