package io.maskwire.party.keys;

import io.maskwire.crypto.execution.PartyKeys;

/** One session's keys, open until closed; closing wipes what is in memory, not the blobs. */
public final class OpenKeys implements AutoCloseable {
  private final PartyKeys keys;
  private final BlobKeySource common;
  private final BlobKeySource own;

  OpenKeys(PartyKeys keys, BlobKeySource common, BlobKeySource own) {
    this.keys = keys;
    this.common = common;
    this.own = own;
  }

  /** The keys. */
  public PartyKeys keys() {
    return keys;
  }

  /** Gets ready to read from the start. */
  public void rewind() {
    common.rewind();
    own.rewind();
  }

  @Override
  public void close() {
    keys.wipe();
    common.close();
    own.close();
  }
}
