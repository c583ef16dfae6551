package io.maskwire.exchange.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A container as a folder of this machine, for development without a blob service. Processes may
 * share it; it knows no credentials. What a method has done survives a loss of power; folders and
 * files are readable by their user alone.
 */
public final class FileContainer implements BlobContainer {
  private static final String TEMPORARY = ".upload-";

  private final Path root;
  private final DurableFiles files;

  /** The folder {@code root}, which is made if it is not there. */
  public FileContainer(Path root) {
    this(root, DurableFiles.onDisk());
  }

  FileContainer(Path root, DurableFiles files) {
    this.root = root.toAbsolutePath().normalize();
    this.files = files;
    run(
        "create the folder",
        () -> {
          files.createFolders(this.root);
          return true;
        });
  }

  @FunctionalInterface
  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T run(String what, Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw new StoreException(reason(e), "container '%s': cannot %s".formatted(root, what), e);
    }
  }

  /** What is wrong with a file stays wrong; what is wrong with the disk may pass. */
  private static StoreException.Reason reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> StoreException.Reason.DENIED;
      case FileSystemException file when file.getReason() == null -> StoreException.Reason.FAILED;
      default -> StoreException.Reason.UNAVAILABLE;
    };
  }

  private Path path(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root) || path.equals(root)) {
      throw new IllegalArgumentException("no name of a blob: '" + name + "'");
    }
    return path;
  }

  private <T> Optional<T> ifFound(String name, Action<T> action) {
    return run(
        "read " + name,
        () -> {
          try {
            return Optional.of(action.run());
          } catch (NoSuchFileException _) {
            return Optional.empty();
          }
        });
  }

  @Override
  public Optional<byte[]> read(String name) {
    Path path = path(name);
    return ifFound(name, () -> Files.readAllBytes(path));
  }

  @Override
  public Optional<byte[]> read(String name, long offset, int length) {
    Path path = path(name);
    return ifFound(
        name,
        () -> {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            int there = Math.clamp(channel.size() - offset, 0, length);
            ByteBuffer bytes = ByteBuffer.allocate(there);
            long position = offset;
            while (bytes.hasRemaining()) {
              int count = channel.read(bytes, position);
              if (count < 0) {
                throw new IOException("the file became shorter");
              }
              position += count;
            }
            return bytes.array();
          }
        });
  }

  @Override
  public Optional<Long> length(String name) {
    Path path = path(name);
    return ifFound(name, () -> Files.size(path));
  }

  @Override
  public boolean create(String name, byte[] bytes) {
    return run(
        "create " + name,
        () -> {
          try (BlobUpload upload = upload(name)) {
            upload.write(bytes);
            return upload.commit();
          }
        });
  }

  @Override
  public BlobUpload upload(String name) {
    Path path = path(name);
    return run("create " + name, () -> new FileUpload(path));
  }

  @Override
  public void put(String name, byte[] bytes) {
    Path path = path(name);
    run(
        "write " + name,
        () -> {
          files.createFolders(path.resolveSibling(""));
          files.replace(path, bytes, TEMPORARY);
          return true;
        });
  }

  @Override
  public boolean createLog(String name) {
    return create(name, new byte[0]);
  }

  @Override
  public boolean append(String name, long position, byte[] record) {
    Path path = path(name);
    return run(
        "append to " + name,
        () -> {
          // One writer at a time in this process; the file's lock keeps other processes out.
          synchronized (FileContainer.class) {
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
              if (file.size() != position) {
                return false;
              }
              ByteBuffer bytes = ByteBuffer.wrap(record);
              while (bytes.hasRemaining()) {
                file.write(bytes, position + bytes.position());
              }
              files.force(path, file);
              return true;
            }
          }
        });
  }

  @Override
  public boolean delete(String name) {
    Path path = path(name);
    return run("delete " + name, () -> files.delete(path));
  }

  @Override
  public List<BlobEntry> list(String prefix) {
    return run(
        "list " + prefix,
        () -> {
          List<BlobEntry> entries = new ArrayList<>();
          Files.walkFileTree(
              root,
              new SimpleFileVisitor<Path>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                  String name = root.relativize(file).toString().replace('\\', '/');
                  if (name.startsWith(prefix) && !name.contains(TEMPORARY)) {
                    entries.add(
                        new BlobEntry(
                            name, attributes.size(), attributes.lastModifiedTime().toInstant()));
                  }
                  return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                  return FileVisitResult.CONTINUE;
                }
              });
          entries.sort(Comparator.comparing(BlobEntry::name));
          return entries;
        });
  }

  /** Writes beside the blob, and links it there when it is whole. */
  private final class FileUpload extends BlobUpload {
    private final Path path;
    private final Path temporary;
    private final FileChannel channel;
    private final OutputStream out;

    FileUpload(Path path) throws IOException {
      this.path = path;
      files.createFolders(path.resolveSibling(""));
      temporary = DurableFiles.temporaryBeside(path, TEMPORARY);
      channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
      out = Channels.newOutputStream(channel);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public boolean commit() throws IOException {
      files.force(temporary, channel);
      channel.close();
      try {
        files.link(path, temporary);
        return true;
      } catch (FileAlreadyExistsException _) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(temporary);
    }
  }
}
