package io.maskwire.input;

/** The input file is whole, but its values are none that can be computed on. */
public final class UnsupportedInputException extends InputException {
  private static final long serialVersionUID = 1L;

  /** An input of the file called {@code name}. */
  public UnsupportedInputException(String name, String what) {
    super(name, what);
  }
}
