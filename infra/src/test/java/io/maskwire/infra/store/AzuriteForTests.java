package io.maskwire.infra.store;

import java.nio.file.Path;
import java.util.Optional;

/** Azurite for tests: missing where Node is missing, but never on the build server. */
public final class AzuriteForTests {
  private AzuriteForTests() {}

  /** Starts it with its data in {@code folder}; empty, with a message, if this machine cannot. */
  public static Optional<BlobService> start(Path folder) {
    if (!AzuriteInstallation.isPossible() && !"true".equals(System.getenv("CI"))) {
      System.err.println("SKIPPED: no Node.js with npm, so nothing is tried on Azurite");
      return Optional.empty();
    }
    return Optional.of(
        BlobServices.start(
            BlobServices.Choice.AZURITE,
            folder,
            folder.resolve("azurite.log"),
            System.err::println));
  }
}
