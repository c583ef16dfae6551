package io.maskwire.compiler;

import io.maskwire.compiler.importer.DeclaredInput;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.InputReader;
import io.maskwire.input.InputWarning;
import io.maskwire.input.Preprocess;
import java.nio.file.Path;
import java.util.List;

/**
 * Files that users are given to try a model with: whoever publishes one that the model does not
 * take is told before anybody else is.
 *
 * @param input shape of the model's only input
 * @param preprocess how files become inputs
 */
public record ModelSamples(Shape input, Preprocess preprocess) {

  /** Samples of {@code model}, which must have one input. */
  public static ModelSamples of(OnnxModel model, Preprocess preprocess) {
    return new ModelSamples(DeclaredInput.only(model, "samples need").shape(), preprocess);
  }

  /**
   * Refuses a file that the model does not take.
   *
   * @return what users will hear of the file
   * @throws io.maskwire.input.InputException saying why
   */
  public List<InputWarning> requireReadable(Path file) {
    return InputReader.readWithWarnings(file, preprocess, input).warnings();
  }

  /**
   * The same for a file that is not on disk.
   *
   * @param name of the file
   * @param bytes the whole file
   */
  public void requireReadable(String name, byte[] bytes) {
    InputReader.read(name, bytes, preprocess, input);
  }
}
