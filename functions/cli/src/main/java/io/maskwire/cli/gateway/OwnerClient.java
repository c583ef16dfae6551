package io.maskwire.cli.gateway;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobUpload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The owner's side: puts a model into the owner's own container and has it compiled there. */
public final class OwnerClient implements AutoCloseable {
  private static final Duration COMPILING = Duration.ofMinutes(10);

  private final Http http = new Http();
  private final URI compiler;
  private final BlobContainer onnx;

  /**
   * A client of the owner's {@code compiler}.
   *
   * @param onnx the owner's container for models in clear
   */
  public OwnerClient(URI compiler, BlobContainer onnx) {
    this.compiler = compiler;
    this.onnx = onnx;
  }

  /**
   * A model to publish.
   *
   * @param name under which users find it
   * @param onnx its file
   * @param options of the compiler, with calibration inputs
   * @param preprocess declaration of its preprocessing
   * @param labels names of its classes, a line each
   * @param shown what users see of it
   */
  public record Upload(
      String name,
      Path onnx,
      CompilerOptions options,
      Optional<Path> preprocess,
      Optional<Path> labels,
      Shown shown) {}

  /**
   * What users see of a model, all of it public.
   *
   * @param description in a few plain sentences
   * @param samples files to try it with
   */
  public record Shown(Optional<String> description, List<Path> samples) {
    /** Nothing. */
    public static final Shown NOTHING = new Shown(Optional.empty(), List.of());

    public Shown {
      samples = List.copyOf(samples);
    }
  }

  /**
   * What the compiler made of it.
   *
   * @param name model and version
   * @param millis that compiling and publishing took
   */
  public record Published(ModelVersionName name, double millis) {}

  /**
   * Uploads and publishes.
   *
   * @throws GatewayException with the compiler's words, if it does not support the model
   */
  public Published publish(Upload upload) throws IOException {
    ModelVersionName.requireModel(upload.name());
    String folder = upload.name() + "/" + UUID.randomUUID() + "/";
    List<String> calibration = new ArrayList<>();
    for (List<FloatTensor> sample : upload.options().calibration()) {
      if (sample.size() != 1) {
        throw new IllegalArgumentException("calibration needs a model with one input");
      }
      String blob = folder + "calibration/%04d.pb".formatted(calibration.size());
      onnx.put(blob, encode(sample.getFirst()));
      calibration.add(blob);
    }
    String model = put(folder + "model.onnx", upload.onnx());
    Optional<String> preprocess = putIfAny(folder + "preprocess.yaml", upload.preprocess());
    Optional<String> labels = putIfAny(folder + "labels.txt", upload.labels());
    CompilerOptions options = upload.options();
    return compile(
        new ModelUploaded(
            upload.name(),
            model,
            calibration,
            preprocess,
            labels,
            options.scale(),
            options.width(),
            options.reveal().name().toLowerCase(Locale.ROOT),
            options.inputBound().isPresent()
                ? Optional.of(options.inputBound().getAsDouble())
                : Optional.empty(),
            present(folder, upload.shown())));
  }

  private Presentation present(String folder, Shown shown) throws IOException {
    List<String> blobs = new ArrayList<>();
    for (Path file : shown.samples()) {
      SampleName sample = SampleName.ofPath(String.valueOf(file.getFileName()));
      sample.requireSize(Files.size(file));
      blobs.add(put(folder + sample.publishedAs(), file));
    }
    return new Presentation(shown.description(), blobs);
  }

  /** The versions of {@code model} that users can open sessions of, the latest first. */
  public List<ModelVersionName> published(String model) throws IOException {
    ModelVersionName.requireModel(model);
    List<ModelVersionName> versions = new ArrayList<>();
    for (JsonNode entry : http.json(request("/api/models").GET().build())) {
      if (entry.path("model").asText().equals(model)
          && entry.path("state").asText().equals("published")) {
        versions.add(new ModelVersionName(model, entry.path("version").asText()));
      }
    }
    return versions;
  }

  /**
   * Takes a version out of use.
   *
   * @throws GatewayException if it is not published
   */
  public void retire(ModelVersionName name) throws IOException {
    http.bytes(
        request("/api/models/%s/retire".formatted(name))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return Http.request(compiler.resolve(path), Optional.empty());
  }

  private Optional<String> putIfAny(String blob, Optional<Path> file) throws IOException {
    return file.isEmpty() ? Optional.empty() : Optional.of(put(blob, file.get()));
  }

  private String put(String blob, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        BlobUpload out = onnx.upload(blob)) {
      in.transferTo(out);
      out.commit();
    }
    return blob;
  }

  private static byte[] encode(FloatTensor tensor) {
    ByteBuffer raw =
        ByteBuffer.allocate(Float.BYTES * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(tensor.values());
    TensorProto.Builder proto =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(raw));
    tensor.shape().dimensions().forEach(proto::addDims);
    return proto.build().toByteArray();
  }

  private Published compile(ModelUploaded event) throws IOException {
    JsonNode answer =
        http.json(
            Http.request(compiler, Optional.empty())
                .timeout(COMPILING)
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-source", "/maskwire/cli")
                .header("ce-type", EventType.MODEL_UPLOADED)
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.toJson()))
                .build());
    return new Published(
        new ModelVersionName(answer.path("model").asText(), answer.path("version").asText()),
        answer.path("millis").asDouble());
  }

  @Override
  public void close() {
    http.close();
  }
}
