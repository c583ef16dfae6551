package io.maskwire.cli.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads ONNX Runtime's library, once, and silences it. Its own loader unpacks it to a folder that
 * every run leaves behind in the temporary folder; here the folder goes as soon as the library is
 * in memory.
 */
final class OrtLibrary {
  private static final String PLACE = "onnxruntime.native.path";

  private OrtLibrary() {}

  /** Initialised when it is first asked for, and then once. */
  private static final class Loaded {
    static final OrtEnvironment ENVIRONMENT = load();
  }

  /**
   * The library's one environment.
   *
   * @throws LinkageError if there is no library for this machine
   */
  static OrtEnvironment environment() {
    return Loaded.ENVIRONMENT;
  }

  private static OrtEnvironment load() {
    // Windows deletes no library that is in use.
    boolean leftToItself =
        System.getProperty(PLACE) != null || System.getProperty("os.name").startsWith("Windows");
    if (leftToItself) {
      return quiet();
    }
    try (TemporaryFolder folder = TemporaryFolder.create("maskwire-onnxruntime-")) {
      if (unpacked(folder.path(), "onnxruntime") && unpacked(folder.path(), "onnxruntime4j_jni")) {
        System.setProperty(PLACE, folder.path().toString());
      }
      return quiet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.clearProperty(PLACE);
    }
  }

  private static OrtEnvironment quiet() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  }

  /** Whether the jar has the library for this machine; if not, its loader says so better. */
  private static boolean unpacked(Path folder, String library) throws IOException {
    String file = System.mapLibraryName(library);
    String resource = "/ai/onnxruntime/native/" + platform() + "/" + file;
    try (InputStream packed = OrtEnvironment.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return false;
      }
      Files.copy(packed, folder.resolve(file));
      return true;
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.contains("mac") ? "osx" : "linux")
        + (machine.equals("aarch64") ? "-aarch64" : "-x64");
  }
}
