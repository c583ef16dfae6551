package io.maskwire.compiler.console;

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
 */
record UploadedFiles(
    Path model, Optional<Path> labels, Optional<Path> preprocess, List<Path> calibration) {
  UploadedFiles {
    calibration = List.copyOf(calibration);
  }
}
