package io.maskwire.dealer;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.SessionIds;
import java.util.Optional;

/** Reads names of blobs: {@code MODEL/VERSION/FILE}. Others are none of ours, and left alone. */
final class BlobNames {
  private BlobNames() {}

  static Optional<ModelVersionName> version(String blob) {
    String[] parts = blob.split("/", -1);
    return parts.length == 3 ? version(parts[0], parts[1]) : Optional.empty();
  }

  private static Optional<ModelVersionName> version(String model, String version) {
    try {
      return Optional.of(new ModelVersionName(model, version));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The session whose file ends with {@code suffix}. */
  static Optional<SessionId> session(String blob, String suffix) {
    String file = blob.substring(blob.lastIndexOf('/') + 1);
    if (!file.endsWith(suffix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SessionIds.parse(file.substring(0, file.length() - suffix.length())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
