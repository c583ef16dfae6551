package io.maskwire.cli.demo;

import java.util.List;
import java.util.Locale;

/** A named network: the class label of a volume and the peaks that its maps share. */
record RestingStateNetwork(String name, List<Blob> blobs) {

  RestingStateNetwork {
    if (name.isBlank() || blobs.isEmpty()) {
      throw new IllegalArgumentException("a network needs a name and blobs: '" + name + "'");
    }
    blobs = List.copyOf(blobs);
  }

  /** The name as part of a file name: "Default mode, precuneus" is "default-mode-precuneus". */
  String slug() {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
