package io.maskwire.dealer;

import io.maskwire.crypto.execution.Dealer;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.store.BlobUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The four files of one session on their way: none is there before all are written, and if one
 * cannot be stored, those of the dealer's own containers go again. Party 1's file comes last: who
 * finds it finds the others.
 */
final class KeyDelivery implements Dealer.SinkFactory, AutoCloseable {
  private final KeyContainers containers;
  private final ModelVersionName name;
  private final List<BlobUpload> uploads = new ArrayList<>();
  private String blob = "";
  private boolean handedOver;

  KeyDelivery(KeyContainers containers, ModelVersionName name) {
    this.containers = containers;
    this.name = name;
  }

  @Override
  public Dealer.Sinks open(SessionId session) {
    blob = KeyStock.blob(name, session, KeyStock.SEEDS);
    uploads.add(containers.common().upload(blob));
    uploads.add(containers.party0().upload(blob));
    uploads.add(containers.party1().upload(blob));
    return new Dealer.Sinks(uploads.get(0), uploads.get(1), uploads.get(2));
  }

  /** Stores all files. */
  void commit(MaskSeeds seeds) throws IOException {
    requireNew(uploads.get(0).commit());
    requireNew(uploads.get(1).commit());
    requireNew(containers.masks().create(blob, seeds.encode()));
    handedOver = true;
    requireNew(uploads.get(2).commit());
  }

  private void requireNew(boolean created) {
    if (!created) {
      throw new IllegalStateException("there are keys of " + blob + " already");
    }
  }

  @Override
  public void close() throws IOException {
    for (BlobUpload upload : uploads) {
      upload.close();
    }
    if (!handedOver && !blob.isEmpty()) {
      containers.masks().delete(blob);
      containers.common().delete(blob);
    }
  }
}
