package io.maskwire.gateway.model;

import java.util.Arrays;
import java.util.Optional;

/** The public files of a version. Nothing else is served, whatever its name. */
public enum ModelFile {
  /** The program that the parties run. */
  PROGRAM("program.bin", "application/octet-stream"),
  /** The compiler's report. */
  TEXT("program.txt", "text/plain;charset=UTF-8"),
  /** The graph without weights. */
  STRIPPED("stripped.onnx", "application/octet-stream"),
  /** What the program takes and gives. */
  MANIFEST("manifest.json", "application/json"),
  /** How a picture becomes an input. */
  PREPROCESS("preprocess.yaml", "application/yaml"),
  /** Names of the classes. */
  LABELS("labels.txt", "text/plain;charset=UTF-8"),
  /** What the owner says of the model. */
  DESCRIPTION("description.txt", "text/plain;charset=UTF-8");

  private final String file;
  private final String mediaType;

  ModelFile(String file, String mediaType) {
    this.file = file;
    this.mediaType = mediaType;
  }

  /** Its name. */
  public String file() {
    return file;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  /** The file of this name, if there is one. */
  public static Optional<ModelFile> of(String name) {
    return Arrays.stream(values()).filter(known -> known.file.equals(name)).findAny();
  }
}
