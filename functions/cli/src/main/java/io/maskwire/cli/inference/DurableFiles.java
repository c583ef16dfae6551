package io.maskwire.cli.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that are still there after the power was lost. */
public final class DurableFiles {
  private DurableFiles() {}

  /** Writes all of {@code bytes} at {@code position}. */
  public static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }

  /** Fills {@code bytes} from {@code position} on; what the file does not have stays zero. */
  public static void read(FileChannel channel, byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = channel.read(buffer, position + buffer.position());
    }
  }

  /**
   * Makes created, renamed and deleted names of {@code folder} last. A file's own bytes are on disk
   * when the file is forced; its name only when its folder is.
   */
  public static void forceNames(Path folder) throws IOException {
    // Windows opens no folders, and NTFS keeps a journal of names itself.
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
