package io.maskwire.compiler.console;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.exchange.store.BlobUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Uploads of the console, in the container {@code onnx}, under a name of their own that looks like
 * a version's.
 *
 * <pre>
 *   MODEL/UPLOAD/model.onnx, labels.txt, preprocess.yaml, calibration/N.pb, samples/FILE
 *   MODEL/UPLOAD/upload.json      the event; created when all of it is there
 *   MODEL/UPLOAD/published.json   the version that it became
 *   MODEL/UPLOAD/failed.json      or why it became none
 * </pre>
 */
public final class Uploads {
  private static final String UPLOAD = "upload.json";
  private static final String PUBLISHED = "published.json";
  private static final String FAILED = "failed.json";

  private final BlobContainer onnx;

  /** The uploads in {@code onnx}. */
  public Uploads(BlobContainer onnx) {
    this.onnx = onnx;
  }

  /** How far an upload is. */
  enum Outcome {
    /** It has none yet. */
    NONE,
    /** It became a version. */
    PUBLISHED,
    /** It could not be compiled. */
    FAILED
  }

  /**
   * An upload that is there as a whole.
   *
   * @param name model and upload
   * @param time of the upload, or of its outcome
   * @param outcome what became of it
   */
  record Upload(ModelVersionName name, Instant time, Outcome outcome) {}

  /**
   * Stores an upload; if that fails, nothing of it is left.
   *
   * @return the event that says so
   */
  ModelUploaded store(ModelVersionName name, UploadForm form) throws IOException {
    List<String> written = new ArrayList<>();
    try {
      ModelUploaded event = write(name, form, written);
      onnx.put(name.blob(UPLOAD), event.toJson());
      return event;
    } catch (IOException | RuntimeException e) {
      for (String blob : written) {
        onnx.delete(blob);
      }
      throw e;
    }
  }

  private ModelUploaded write(ModelVersionName name, UploadForm form, List<String> written)
      throws IOException {
    UploadedFiles files = form.files();
    List<String> calibration = new ArrayList<>();
    for (Path input : files.calibration()) {
      String blob = name.blob("calibration/%04d.pb".formatted(calibration.size()));
      calibration.add(put(blob, input, written));
    }
    Optional<String> labels = putIfAny(name.blob("labels.txt"), files.labels(), written);
    Optional<String> preprocess =
        putIfAny(name.blob("preprocess.yaml"), files.preprocess(), written);
    for (UploadedFiles.Sample sample : files.samples()) {
      put(name.blob(sample.name().publishedAs()), sample.file(), written);
    }
    return new ModelUploaded(
        name.model(),
        put(name.blob("model.onnx"), files.model(), written),
        calibration,
        preprocess,
        labels,
        form.scale(),
        form.width(),
        "user",
        form.inputBound(),
        form.presentation(name.blob("")));
  }

  private Optional<String> putIfAny(String blob, Optional<Path> file, List<String> written)
      throws IOException {
    return file.isEmpty() ? Optional.empty() : Optional.of(put(blob, file.get(), written));
  }

  private String put(String blob, Path file, List<String> written) throws IOException {
    written.add(blob);
    try (BlobUpload out = onnx.upload(blob)) {
      Files.copy(file, out);
      if (!out.commit()) {
        throw new IllegalStateException("there is a blob %s already".formatted(blob));
      }
    }
    return blob;
  }

  /** The upload became {@code version}. */
  void published(ModelVersionName upload, ModelVersionName version) {
    onnx.put(upload.blob(PUBLISHED), JsonObject.create().put(version).toBytes());
  }

  /** The upload became nothing. */
  void failed(ModelVersionName upload, JsonObject problem) {
    onnx.put(upload.blob(FAILED), problem.toBytes());
  }

  /** What became of an upload that is published. */
  Optional<ModelVersionName> version(ModelVersionName upload) {
    return onnx.read(upload.blob(PUBLISHED))
        .map(bytes -> JsonObject.parse(bytes, "an upload's outcome").modelVersion());
  }

  /** Why an upload failed: {@code error}, {@code message}, and {@code nodes} if it is for them. */
  Optional<JsonObject> problem(ModelVersionName upload) {
    return onnx.read(upload.blob(FAILED))
        .map(bytes -> JsonObject.parse(bytes, "an upload's outcome"));
  }

  /** All uploads. */
  List<Upload> all() {
    return list("");
  }

  /** The upload {@code name}, if it is there as a whole. */
  Optional<Upload> find(ModelVersionName name) {
    return list(name.blob("")).stream().findFirst();
  }

  private List<Upload> list(String prefix) {
    Map<String, Upload> found = new TreeMap<>();
    for (BlobEntry blob : onnx.list(prefix)) {
      String[] parts = blob.name().split("/", -1);
      if (parts.length == 3) {
        outcome(parts[2])
            .flatMap(outcome -> upload(parts[0], parts[1], blob, outcome))
            .ifPresent(one -> found.merge(one.name().toString(), one, Uploads::later));
      }
    }
    return List.copyOf(found.values());
  }

  private static Optional<Outcome> outcome(String file) {
    return switch (file) {
      case UPLOAD -> Optional.of(Outcome.NONE);
      case PUBLISHED -> Optional.of(Outcome.PUBLISHED);
      case FAILED -> Optional.of(Outcome.FAILED);
      default -> Optional.empty();
    };
  }

  private static Optional<Upload> upload(
      String model, String upload, BlobEntry blob, Outcome outcome) {
    return Optional.of(new Upload(new ModelVersionName(model, upload), blob.modified(), outcome));
  }

  private static Upload later(Upload one, Upload other) {
    return one.outcome() == Outcome.NONE ? other : one;
  }
}
