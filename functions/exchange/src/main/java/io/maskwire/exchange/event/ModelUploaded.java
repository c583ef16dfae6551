package io.maskwire.exchange.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maskwire.exchange.ModelVersionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An owner has put a model into the container {@code onnx}.
 *
 * @param model its name
 * @param onnx blob of the ONNX file
 * @param calibration blobs of typical inputs, each an ONNX TensorProto
 * @param preprocess blob of the {@code preprocess.yaml}
 * @param labels blob of the names of the classes, a line each
 * @param scale fractional bits
 * @param width value width where nothing better is known
 * @param reveal {@code user}, {@code owner} or {@code both}
 * @param inputBound largest magnitude of an input
 * @param presentation what users are shown of it
 */
public record ModelUploaded(
    String model,
    String onnx,
    List<String> calibration,
    Optional<String> preprocess,
    Optional<String> labels,
    int scale,
    int width,
    String reveal,
    Optional<Double> inputBound,
    Presentation presentation) {

  public ModelUploaded {
    ModelVersionName.requireModel(model);
    calibration = List.copyOf(calibration);
  }

  /** The event's data. */
  public byte[] toJson() {
    JsonObject json =
        JsonObject.create()
            .put("model", model)
            .put("onnx", onnx)
            .put("scale", scale)
            .put("width", width)
            .put("reveal", reveal);
    ArrayNode samples = json.tree().putArray("calibration");
    calibration.forEach(samples::add);
    preprocess.ifPresent(blob -> json.put("preprocess", blob));
    labels.ifPresent(blob -> json.put("labels", blob));
    inputBound.ifPresent(bound -> json.put("inputBound", bound));
    presentation.putInto(json);
    return json.toBytes();
  }

  /** Reads the event's data. */
  public static ModelUploaded fromJson(byte[] data) {
    JsonObject json = JsonObject.parse(data, "the event 'model uploaded'");
    List<String> samples = new ArrayList<>();
    for (JsonNode sample : json.tree().withArray("calibration")) {
      samples.add(sample.asText());
    }
    return new ModelUploaded(
        json.text("model"),
        json.text("onnx"),
        samples,
        optional(json, "preprocess"),
        optional(json, "labels"),
        Math.toIntExact(json.number("scale")),
        Math.toIntExact(json.number("width")),
        json.text("reveal"),
        json.optionalDouble("inputBound"),
        Presentation.of(json));
  }

  static Optional<String> optional(JsonObject json, String name) {
    return json.tree().hasNonNull(name) ? Optional.of(json.text(name)) : Optional.empty();
  }
}
