package io.maskwire.cli.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Whole arrays at places of a file. */
public final class FilePositions {
  private FilePositions() {}

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
}
