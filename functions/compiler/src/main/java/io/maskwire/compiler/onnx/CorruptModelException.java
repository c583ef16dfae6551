package io.maskwire.compiler.onnx;

/** The file is no valid ONNX model; the message says what is wrong and where. */
public final class CorruptModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CorruptModelException(String message) {
    super(message);
  }

  public CorruptModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
