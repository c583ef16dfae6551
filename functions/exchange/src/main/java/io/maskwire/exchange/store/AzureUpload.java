package io.maskwire.exchange.store;

import com.azure.core.util.BinaryData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Collects a blob, beyond a few MiB in a temporary file, and sends it with one request when it is
 * whole. Blocks would need no file, but staging them needs the right to write, which allows to
 * overwrite; one request needs the right to create alone.
 */
final class AzureUpload extends BlobUpload {
  private static final int MEMORY_BYTES = 4 << 20;

  /** What the service takes in one request. */
  private static final long LARGEST_BYTES = 5_000L << 20;

  private final AzureContainer container;
  private final String name;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream fileOut;
  private long length;

  AzureUpload(AzureContainer container, String name) {
    this.container = container;
    this.name = name;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (length + count > LARGEST_BYTES) {
      throw new IOException("the blob '%s' is larger than %d bytes".formatted(name, LARGEST_BYTES));
    }
    if (fileOut == null && length + count > MEMORY_BYTES) {
      file = Files.createTempFile("maskwire-", ".blob");
      fileOut = Files.newOutputStream(file);
      memory.writeTo(fileOut);
      memory.reset();
    }
    (fileOut == null ? memory : fileOut).write(bytes, offset, count);
    length += count;
  }

  @Override
  public boolean commit() throws IOException {
    if (file == null || fileOut == null) {
      return container.create(name, memory.toByteArray());
    }
    fileOut.close();
    return container.create(name, BinaryData.fromFile(file));
  }

  @Override
  public void close() throws IOException {
    if (fileOut != null) {
      fileOut.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
