package io.maskwire.exchange.event;

import io.maskwire.exchange.ModelVersionName;

/**
 * A version is no longer offered: no session of it is opened or dealt any more; those that are open
 * go on. The blob {@link #MARKER} beside its manifest says the same, and is there first.
 *
 * @param name model and version
 */
public record ModelRetired(ModelVersionName name) {
  /** The file of a version, in the container {@code models}, that makes it a retired one. */
  public static final String MARKER = "retired.json";

  /** The event's data. */
  public byte[] toJson() {
    return JsonObject.create().put(name).toBytes();
  }

  /** Reads the event's data. */
  public static ModelRetired fromJson(byte[] data) {
    return new ModelRetired(JsonObject.parse(data, "the event 'model retired'").modelVersion());
  }
}
