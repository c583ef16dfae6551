package io.maskwire.dealer;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.exchange.store.BlobUpload;
import io.maskwire.exchange.store.StoreException;
import java.util.List;
import java.util.Optional;

/** A container that refuses whatever is done to some of its blobs. */
final class RefusingSome implements BlobContainer {
  private final BlobContainer container;
  private final String part;

  /** A view of {@code container}; blobs whose names hold {@code part} are refused. */
  RefusingSome(BlobContainer container, String part) {
    this.container = container;
    this.part = part;
  }

  private BlobContainer of(String name) {
    if (name.contains(part)) {
      throw denied();
    }
    return container;
  }

  private static StoreException denied() {
    return new StoreException(
        StoreException.Reason.DENIED, "denied", new IllegalStateException("no credentials"));
  }

  @Override
  public Optional<byte[]> read(String name) {
    return of(name).read(name);
  }

  @Override
  public Optional<byte[]> read(String name, long offset, int length) {
    return of(name).read(name, offset, length);
  }

  @Override
  public Optional<Long> length(String name) {
    return of(name).length(name);
  }

  @Override
  public boolean create(String name, byte[] bytes) {
    return of(name).create(name, bytes);
  }

  @Override
  public BlobUpload upload(String name) {
    return of(name).upload(name);
  }

  @Override
  public void put(String name, byte[] bytes) {
    of(name).put(name, bytes);
  }

  @Override
  public boolean createLog(String name) {
    return of(name).createLog(name);
  }

  @Override
  public boolean append(String name, long position, byte[] record) {
    return of(name).append(name, position, record);
  }

  @Override
  public boolean delete(String name) {
    return of(name).delete(name);
  }

  @Override
  public List<BlobEntry> list(String prefix) {
    return of(prefix).list(prefix);
  }
}
