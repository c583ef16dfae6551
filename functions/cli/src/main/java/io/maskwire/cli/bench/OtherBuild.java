package io.maskwire.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another revision of this repository, checked out and built in a folder of its own, which is kept:
 * what this build is compared with.
 */
final class OtherBuild {
  private static final String LAUNCHER = "maskwire";

  private OtherBuild() {}

  /**
   * The launcher of {@code revision}.
   *
   * @param home the repository
   * @param cache where builds are kept, a folder each
   * @throws IllegalArgumentException if {@code home} has no such revision
   * @throws IOException if it cannot be checked out or built
   */
  static Path launcher(Path home, String revision, Path cache)
      throws IOException, InterruptedException {
    String commit = commit(home, revision);
    Path folder = cache.resolve("build-" + commit);
    Path launcher = folder.resolve(LAUNCHER);
    if (!Files.exists(launcher)) {
      Files.createDirectories(cache);
      Path partial = Files.createTempDirectory(cache, "building-");
      run(home, List.of("git", "clone", "-q", "--no-checkout", ".", partial.toString()));
      run(partial, List.of("git", "checkout", "-q", "--detach", commit));
      Files.move(partial, folder);
    }
    // Builds if that has not been done.
    run(folder, List.of(launcher.toString(), "--version"));
    return launcher;
  }

  private static String commit(Path home, String revision)
      throws IOException, InterruptedException {
    try {
      return run(home, List.of("git", "rev-parse", "--verify", "--quiet", revision + "^{commit}"));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "'%s' is no revision of %s; 'git log --oneline' lists them".formatted(revision, home), e);
    }
  }

  /** Standard output of a command. */
  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("'%s' ended with %d".formatted(String.join(" ", command), code));
      }
      return output;
    } finally {
      process.destroy();
    }
  }
}
