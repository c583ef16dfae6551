package io.maskwire.compiler.console;

import io.maskwire.exchange.SampleName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of one upload, in a temporary folder.
 *
 * @param model the ONNX file
 * @param labels names of its classes, a line each
 * @param preprocess declaration of its preprocessing
 * @param calibration typical inputs, each an ONNX TensorProto
 * @param samples files for users to try it with
 */
record UploadedFiles(
    Path model,
    Optional<Path> labels,
    Optional<Path> preprocess,
    List<Path> calibration,
    List<Sample> samples) {
  UploadedFiles {
    calibration = List.copyOf(calibration);
    samples = List.copyOf(samples);
  }

  /**
   * A file for users to try the model with.
   *
   * @param name that users see
   * @param file with its content
   */
  record Sample(SampleName name, Path file) {}
}
