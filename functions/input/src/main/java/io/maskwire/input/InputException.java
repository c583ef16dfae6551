package io.maskwire.input;

/**
 * An input file or a preprocessing declaration that cannot be used: malformed, truncated, too
 * large, of an unsupported kind, or of a shape the model does not take. The message names the file,
 * the place in it, what is wrong and what to do.
 */
public sealed class InputException extends IllegalArgumentException
    permits UnsupportedInputException {
  private static final long serialVersionUID = 1L;

  /** An error in the file called {@code name}. */
  public InputException(String name, String what) {
    super(name + ": " + what);
  }

  /** An error in the file called {@code name}, reported by a library or the file system. */
  public InputException(String name, String what, Throwable cause) {
    super(name + ": " + what, cause);
  }
}
