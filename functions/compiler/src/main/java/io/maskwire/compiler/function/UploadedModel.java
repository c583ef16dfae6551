package io.maskwire.compiler.function;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.ModelSamples;
import io.maskwire.compiler.importer.DeclaredInput;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.compiler.onnx.TensorReader;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.input.Preprocess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * All that an upload consists of, read and checked before anything is compiled.
 *
 * @param model the ONNX model, under the name that it is published under
 * @param options how it is compiled
 * @param extras files that are published as they are, by their published names
 */
record UploadedModel(OnnxModel model, CompilerOptions options, Map<String, byte[]> extras) {
  private static final String LABELS = "labels.txt";

  /** Reads what {@code upload} names from {@code onnx}. */
  static UploadedModel read(ModelUploaded upload, BlobContainer onnx) {
    OnnxModel model = OnnxModel.parse(upload.model(), blob(onnx, upload.onnx()));
    Map<String, byte[]> extras = new LinkedHashMap<>();
    upload.preprocess().ifPresent(name -> extras.put(Preprocess.FILE_NAME, blob(onnx, name)));
    upload.labels().ifPresent(name -> extras.put(LABELS, blob(onnx, name)));
    present(upload.presentation(), onnx, extras, model);
    CompilerOptions options =
        new CompilerOptions(
            upload.scale(),
            upload.width(),
            reveal(upload.reveal()),
            upload.inputBound().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
            samples(upload.calibration(), model, onnx));
    return new UploadedModel(model, options, extras);
  }

  private static void present(
      Presentation presentation, BlobContainer onnx, Map<String, byte[]> extras, OnnxModel model) {
    presentation
        .description()
        .ifPresent(
            text ->
                extras.put(Presentation.DESCRIPTION_FILE, text.getBytes(StandardCharsets.UTF_8)));
    if (presentation.samples().isEmpty()) {
      return;
    }
    ModelSamples samples = ModelSamples.of(model, preprocess(extras));
    for (String blob : presentation.samples()) {
      SampleName sample = SampleName.ofPath(blob);
      sample.requireSize(onnx.length(blob).orElseThrow(() -> new MissingBlobException(blob)));
      byte[] bytes = blob(onnx, blob);
      samples.requireReadable(sample.file(), bytes);
      extras.put(sample.publishedAs(), bytes);
    }
  }

  private static Preprocess preprocess(Map<String, byte[]> extras) {
    byte[] declared = extras.get(Preprocess.FILE_NAME);
    return declared == null ? Preprocess.DEFAULT : Preprocess.parse(Preprocess.FILE_NAME, declared);
  }

  private static byte[] blob(BlobContainer onnx, String name) {
    return onnx.read(name).orElseThrow(() -> new MissingBlobException(name));
  }

  private static Program.Reveal reveal(String name) {
    for (Program.Reveal reveal : Program.Reveal.values()) {
      if (reveal.name().toLowerCase(Locale.ROOT).equals(name)) {
        return reveal;
      }
    }
    throw new IllegalArgumentException(
        "results are revealed to 'user', 'owner' or 'both', not to '%s'".formatted(name));
  }

  /** Samples of a model with several inputs follow each other, each in the model's order. */
  private static List<List<FloatTensor>> samples(
      List<String> names, OnnxModel model, BlobContainer onnx) {
    List<DeclaredInput> inputs = DeclaredInput.of(model);
    if (!names.isEmpty() && (inputs.isEmpty() || names.size() % inputs.size() != 0)) {
      throw new IllegalArgumentException(
          "%d calibration tensors for a model with %d inputs"
              .formatted(names.size(), inputs.size()));
    }
    List<List<FloatTensor>> samples = new ArrayList<>();
    for (int from = 0; from < names.size(); from += inputs.size()) {
      List<FloatTensor> sample = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        sample.add(tensor(names.get(from + i), inputs.get(i), model, onnx));
      }
      samples.add(sample);
    }
    return samples;
  }

  private static FloatTensor tensor(
      String name, DeclaredInput input, OnnxModel model, BlobContainer onnx) {
    FloatTensor tensor;
    try {
      TensorProto proto = TensorProto.parseFrom(blob(onnx, name));
      tensor = new TensorReader(model).read(proto).toFloats();
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptModelException(
          "the calibration input '%s' is no TensorProto".formatted(name), e);
    }
    if (!tensor.shape().equals(input.shape())) {
      throw new IllegalArgumentException(
          "the calibration input '%s' has shape %s, input '%s' of the model %s"
              .formatted(name, tensor.shape(), input.name(), input.shape()));
    }
    return tensor;
  }
}
