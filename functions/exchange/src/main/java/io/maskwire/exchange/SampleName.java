package io.maskwire.exchange;

import java.util.regex.Pattern;

/**
 * Names a file that is published with a version so that users can try the model. Public, like the
 * program.
 *
 * @param file letters, digits, dots, underscores and hyphens, at most 100; begins with a letter or
 *     digit
 */
public record SampleName(String file) {
  /** The folder of a version's samples, as a prefix of their blobs. */
  public static final String FOLDER = "samples/";

  /** Samples of a version at most. */
  public static final int MOST = 8;

  /** Size of a sample at most. */
  public static final int LARGEST_BYTES = 16 << 20;

  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public SampleName {
    if (!FILE.matcher(file).matches()) {
      throw new IllegalArgumentException(
          "a sample's name is of letters, digits, dots, underscores and hyphens, at most 100: '%s'"
              .formatted(file));
    }
  }

  /** The name that ends {@code path}, whose parts are separated by slashes. */
  public static SampleName ofPath(String path) {
    return new SampleName(path.substring(path.lastIndexOf('/') + 1));
  }

  /**
   * Refuses a sample that is too large.
   *
   * @param bytes its size
   */
  public void requireSize(long bytes) {
    if (bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "the sample '%s' has %d bytes, a sample has at most %d"
              .formatted(file, bytes, LARGEST_BYTES));
    }
  }

  /** Its place among the files of a version. */
  public String publishedAs() {
    return FOLDER + file;
  }
}
