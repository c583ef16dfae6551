package io.maskwire.input;

/**
 * Something about an input file that may make the result wrong, though the file could be read.
 *
 * @param file its name
 * @param doubt the rest of a sentence that begins with the name
 */
public record InputWarning(String file, String doubt) {
  @Override
  public String toString() {
    return file + " " + doubt;
  }
}
