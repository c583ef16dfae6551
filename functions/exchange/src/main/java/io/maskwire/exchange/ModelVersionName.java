package io.maskwire.exchange;

import java.util.regex.Pattern;

/**
 * Names a compiled model: the prefix of all its blobs.
 *
 * @param model lower-case letters, digits and single hyphens, at most 63
 * @param version the random name that its compilation drew, 32 hexadecimal digits
 */
public record ModelVersionName(String model, String version) {
  private static final Pattern MODEL = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{32}");
  private static final int LONGEST_MODEL = 63;

  public ModelVersionName {
    requireModel(model);
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "a version is 32 hexadecimal digits, not '%s'".formatted(version));
    }
  }

  /** Checks the name of a model. */
  public static String requireModel(String model) {
    if (model.length() > LONGEST_MODEL || !MODEL.matcher(model).matches()) {
      throw new IllegalArgumentException(
          "a model's name is of lower-case letters, digits and single hyphens, at most %d: '%s'"
              .formatted(LONGEST_MODEL, model));
    }
    return model;
  }

  /** The blob {@code file} of this version. */
  public String blob(String file) {
    return model + "/" + version + "/" + file;
  }

  @Override
  public String toString() {
    return model + "/" + version;
  }
}
