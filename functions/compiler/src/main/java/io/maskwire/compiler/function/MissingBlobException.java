package io.maskwire.compiler.function;

/** An upload names a blob that is not there. */
public final class MissingBlobException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Which. */
  public MissingBlobException(String blob) {
    super("the container 'onnx' has no blob '" + blob + "'");
  }
}
