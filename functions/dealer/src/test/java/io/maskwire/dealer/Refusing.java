package io.maskwire.dealer;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.exchange.store.BlobUpload;
import io.maskwire.exchange.store.StoreException;
import java.util.List;
import java.util.Optional;

/** A container whose credentials allow nothing. */
final class Refusing implements BlobContainer {
  private static StoreException denied() {
    return new StoreException(
        StoreException.Reason.DENIED, "denied", new IllegalStateException("no credentials"));
  }

  @Override
  public Optional<byte[]> read(String name) {
    throw denied();
  }

  @Override
  public Optional<byte[]> read(String name, long offset, int length) {
    throw denied();
  }

  @Override
  public Optional<Long> length(String name) {
    throw denied();
  }

  @Override
  public boolean create(String name, byte[] bytes) {
    throw denied();
  }

  @Override
  public BlobUpload upload(String name) {
    throw denied();
  }

  @Override
  public void put(String name, byte[] bytes) {
    throw denied();
  }

  @Override
  public boolean createLog(String name) {
    throw denied();
  }

  @Override
  public boolean append(String name, long position, byte[] record) {
    throw denied();
  }

  @Override
  public boolean delete(String name) {
    throw denied();
  }

  @Override
  public List<BlobEntry> list(String prefix) {
    throw denied();
  }
}
