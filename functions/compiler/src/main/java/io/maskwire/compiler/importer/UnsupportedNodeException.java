package io.maskwire.compiler.importer;

/** One node cannot be imported; the importer notes it and goes on. */
final class UnsupportedNodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsupportedNodeException(String hint) {
    super(hint);
  }
}
