package io.maskwire.infra.store;

import io.maskwire.infra.kept.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Starts the blob store that this machine can have. */
public final class BlobServices {
  private static final String FILES = "files";

  /** Which store to start. */
  public enum Choice {
    /** Azurite where Node is present, else files; what the folder has been used with before. */
    AUTOMATIC,
    /** Azurite, or fail. */
    AZURITE,
    /** Files. */
    FILES
  }

  private BlobServices() {}

  /**
   * Starts the store whose data are in {@code folder}.
   *
   * @param log where a process' output goes
   * @param reports told what is installed and why files are used, if they are
   */
  public static BlobService start(Choice choice, Path folder, Path log, Consumer<String> reports) {
    PrivateFiles.folder(folder);
    Path files = folder.resolve(FILES);
    return switch (choice) {
      case FILES -> new FileStore(files);
      case AZURITE -> azurite(folder, log, reports);
      case AUTOMATIC -> {
        if (Files.isDirectory(files)) {
          yield new FileStore(files);
        }
        if (!AzuriteInstallation.isPossible()) {
          reports.accept("no Node.js with npm: blobs are kept in plain files, without credentials");
          yield new FileStore(files);
        }
        yield azurite(folder, log, reports);
      }
    };
  }

  private static BlobService azurite(Path folder, Path log, Consumer<String> reports) {
    AzuriteInstallation installation =
        AzuriteInstallation.in(AzuriteInstallation.defaultCache(), reports);
    return Azurite.start(installation, folder.resolve("azurite"), log, reports);
  }
}
