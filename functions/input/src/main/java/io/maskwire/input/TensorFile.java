package io.maskwire.input;

import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * An ONNX TensorProto file as it stands: no preprocessing, and no other shape than its own.
 *
 * @param name that the file gives the tensor, may be empty
 * @param type of its elements in ONNX's words, such as FLOAT16
 * @param tensor its values, rounded to floats, which may be infinite or no numbers
 */
public record TensorFile(String name, String type, FloatTensor tensor) {

  /**
   * Reads {@code file}.
   *
   * @throws InputException if it is missing, malformed or too large
   * @throws UnsupportedInputException if its elements are no numbers, or if it has none
   */
  public static TensorFile read(Path file) {
    String name = file.toString();
    try {
      return TensorProtoDecoder.decodeFile(name, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InputException(name, "there is no such file", e);
    } catch (IOException e) {
      throw new InputException(name, "cannot be read: " + e.getMessage(), e);
    }
  }
}
