package io.maskwire.party.blob;

import io.maskwire.exchange.store.BlobContainer;
import java.io.InputStream;
import java.util.Objects;

/** Reads a blob from its start to its end, a piece at a time. Memory: one piece. */
public final class BlobStream extends InputStream {
  private static final int PIECE_BYTES = 4 << 20;

  private final BlobContainer container;
  private final String name;
  private byte[] piece = new byte[0];
  private int position;
  private long offset;
  private boolean last;

  /** A stream over the blob {@code name}. */
  public BlobStream(BlobContainer container, String name) {
    this.container = container;
    this.name = name;
  }

  @Override
  public int read() {
    return fill() ? piece[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    Objects.checkFromIndexSize(from, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, bytes, from, count);
    position += count;
    return count;
  }

  /** Makes sure that a byte is there; false at the end. */
  private boolean fill() {
    if (position < piece.length) {
      return true;
    }
    if (last) {
      return false;
    }
    piece =
        container
            .read(name, offset, PIECE_BYTES)
            .orElseThrow(() -> new MissingBlobException("blob", name));
    position = 0;
    offset += piece.length;
    last = piece.length < PIECE_BYTES;
    return piece.length > 0;
  }
}
