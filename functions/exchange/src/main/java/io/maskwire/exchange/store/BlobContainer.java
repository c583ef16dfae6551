package io.maskwire.exchange.store;

import java.util.List;
import java.util.Optional;

/**
 * A container as one identity sees it. Every method throws {@link StoreException} if the store
 * refuses or cannot be reached. Thread safe.
 */
public interface BlobContainer {

  /** A whole blob, if it exists. */
  Optional<byte[]> read(String name);

  /**
   * Bytes {@code offset} to {@code offset + length} of a blob; fewer if it ends before.
   *
   * @return empty if the blob does not exist
   */
  Optional<byte[]> read(String name, long offset, int length);

  /** Length of a blob, if it exists. */
  Optional<Long> length(String name);

  /**
   * Creates a blob.
   *
   * @return false, and nothing changed, if it exists
   */
  boolean create(String name, byte[] bytes);

  /** Starts a blob that is too large for memory; nothing is there before it is committed. */
  BlobUpload upload(String name);

  /** Creates or replaces a blob. */
  void put(String name, byte[] bytes);

  /**
   * Creates a blob that can be appended to.
   *
   * @return false, and nothing changed, if it exists
   */
  boolean createLog(String name);

  /**
   * Appends to a blob of {@link #createLog}, atomically.
   *
   * @param position length that the blob must have before
   * @return false, and nothing changed, if it has another length
   */
  boolean append(String name, long position, byte[] record);

  /**
   * Deletes a blob.
   *
   * @return false if there was none
   */
  boolean delete(String name);

  /** The blobs whose names start with {@code prefix}, in order of their names. */
  List<BlobEntry> list(String prefix);
}
