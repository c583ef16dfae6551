package io.maskwire.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A volume in two files beside each other: NAME.hdr and NAME.img, each perhaps with .gz. */
final class NiftiPair {
  /** Endings of the two files, in lower case. */
  static final List<String> EXTENSIONS = List.of(".hdr", ".hdr.gz", ".img", ".img.gz");

  private NiftiPair() {}

  /** Whether a file of this name is one of a pair. */
  static boolean isPart(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(lower::endsWith);
  }

  /** Whether {@code file} has the voxels of a header beside it. */
  static boolean hasHeader(Path file) {
    return isVoxels(file) && beside(file).isPresent();
  }

  /** The file to begin with: a header beside {@code file}, which has its voxels, or itself. */
  static Path header(Path file) {
    return isVoxels(file) ? beside(file).orElse(file) : file;
  }

  /**
   * What a file is that is alone and whose first bytes do not tell.
   *
   * @throws InputException if its name is that of voxels
   */
  static Optional<InputFormat> formatOf(String name) {
    if (isVoxels(Path.of(name))) {
      throw new InputException(
          name,
          "is one file of a pair, and its header (.hdr) is not beside it; put both files"
              + " into one folder, or save them as one .nii");
    }
    return isPart(name) ? Optional.of(InputFormat.NIFTI) : Optional.empty();
  }

  /** The file with the voxels of the header {@code file}. */
  static Optional<Path> voxels(Path file) {
    return isPart(file.toString()) ? beside(header(file)) : Optional.empty();
  }

  private static boolean isVoxels(Path file) {
    String lower = file.toString().toLowerCase(Locale.ROOT);
    return lower.endsWith(".img") || lower.endsWith(".img.gz");
  }

  /** The other file of the pair, preferably compressed as {@code file} is. */
  private static Optional<Path> beside(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean compressed = name.toLowerCase(Locale.ROOT).endsWith(".gz");
    String plain = compressed ? name.substring(0, name.length() - 3) : name;
    String gz = compressed ? name.substring(name.length() - 3) : ".gz";
    String stem = plain.substring(0, plain.length() - 3);
    String letters = plain.substring(plain.length() - 3);
    String wanted = letters.equalsIgnoreCase("hdr") ? "img" : "hdr";
    String other =
        stem
            + (Character.isUpperCase(letters.charAt(0)) ? wanted.toUpperCase(Locale.ROOT) : wanted);
    List<String> names = compressed ? List.of(other + gz, other) : List.of(other, other + gz);
    return names.stream().map(file::resolveSibling).filter(Files::isRegularFile).findFirst();
  }
}
