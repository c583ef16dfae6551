package io.maskwire.exchange.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Collects a blob, beyond a few MiB in an encrypted temporary file, and sends it with one request
 * when it is whole. Blocks would need no file, but staging them needs the right to write, which
 * allows to overwrite; one request needs the right to create alone.
 */
final class AzureUpload extends BlobUpload {
  private static final int MEMORY_BYTES = 4 << 20;

  /** What the service takes in one request. */
  private static final long LARGEST_BYTES = 5_000L << 20;

  private final AzureContainer container;
  private final String name;
  private final Path folder;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable EncryptedSpool spool;
  private long length;

  /** An upload of {@code name} that may leave encrypted bytes in {@code folder} for a while. */
  AzureUpload(AzureContainer container, String name, Path folder) {
    this.container = container;
    this.name = name;
    this.folder = folder;
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
    if (spool == null && length + count > MEMORY_BYTES) {
      spool = new EncryptedSpool(folder);
      byte[] first = memory.toByteArray();
      spool.write(first, 0, first.length);
      memory.reset();
    }
    if (spool == null) {
      memory.write(bytes, offset, count);
    } else {
      spool.write(bytes, offset, count);
    }
    length += count;
  }

  @Override
  public boolean commit() throws IOException {
    if (spool == null) {
      return container.create(name, memory.toByteArray());
    }
    spool.finish();
    return container.create(name, spool);
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
