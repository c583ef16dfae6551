package io.maskwire.exchange.event;

import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.exchange.ModelVersionName;

/**
 * A compiled model is in the container {@code models}, its masked weights are in place.
 *
 * @param name model and version
 * @param program id of its program
 */
public record ModelPublished(ModelVersionName name, ProgramId program) {

  /** The event's data. */
  public byte[] toJson() {
    return JsonObject.create().put(name).put("program", program.toBytes()).toBytes();
  }

  /** Reads the event's data. */
  public static ModelPublished fromJson(byte[] data) {
    JsonObject json = JsonObject.parse(data, "the event 'model published'");
    return new ModelPublished(json.modelVersion(), new ProgramId(json.bytes("program")));
  }
}
