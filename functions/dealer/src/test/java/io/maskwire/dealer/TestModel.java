package io.maskwire.dealer;

import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.store.BlobContainer;

/** A model as an owner publishes it. */
public final class TestModel {
  private final TinyModel model;

  /** The first version of a model of this name. */
  public TestModel(String name) {
    model = new TinyModel(name, 1);
  }

  /** Its name and version. */
  public ModelVersionName name() {
    return model.name;
  }

  /** Its program's id. */
  public ProgramId id() {
    return model.id;
  }

  /** What comes before registration. */
  public void publishProgram(BlobContainer models) {
    models.create(model.name.blob("program.bin"), ProgramCodec.encode(model.program));
  }

  /** What comes last. */
  public void publishManifest(BlobContainer models) {
    models.create(model.name.blob("manifest.json"), new byte[] {'{', '}'});
  }
}
