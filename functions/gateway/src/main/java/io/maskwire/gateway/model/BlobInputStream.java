package io.maskwire.gateway.model;

import io.maskwire.exchange.store.BlobContainer;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a blob window by window, so that a large one needs little memory. */
final class BlobInputStream extends InputStream {
  private static final int WINDOW_BYTES = 1 << 20;

  private final BlobContainer container;
  private final String name;
  private InputStream window = InputStream.nullInputStream();
  private long position;
  private boolean last;

  BlobInputStream(BlobContainer container, String name) {
    this.container = container;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = window.read(target, offset, length);
    while (count < 0 && !last) {
      next();
      count = window.read(target, offset, length);
    }
    return count;
  }

  private void next() throws IOException {
    byte[] bytes =
        container
            .read(name, position, WINDOW_BYTES)
            .orElseThrow(() -> new FileNotFoundException(name));
    position += bytes.length;
    last = bytes.length < WINDOW_BYTES;
    window = new ByteArrayInputStream(bytes);
  }
}
