package io.maskwire.gateway.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.JsonObject;
import java.util.HexFormat;

/** What the gateway needs of a version's {@code manifest.json}. */
final class ModelManifest {
  private static final int HEADER_BYTES = 4 + 2 + ProgramId.BYTES + SessionId.BYTES;

  private final JsonObject json;

  ModelManifest(byte[] bytes) {
    json = JsonObject.parse(bytes, "a manifest");
  }

  String program() {
    return HexFormat.of().formatHex(new ProgramId(json.bytes("program")).toBytes());
  }

  int rounds() {
    return Math.toIntExact(json.number("rounds"));
  }

  /** Length of {@link io.maskwire.crypto.wire.MaskedInput} for this model. */
  long maskedInputBytes() {
    long bytes = HEADER_BYTES;
    for (JsonNode input : json.tree().path("inputs")) {
      long count = 1;
      for (JsonNode dimension : input.path("shape")) {
        count = Math.multiplyExact(count, dimension.longValue());
      }
      bytes += BitWidth.of(input.path("width").intValue()).packedBytes(count);
    }
    return bytes;
  }
}
