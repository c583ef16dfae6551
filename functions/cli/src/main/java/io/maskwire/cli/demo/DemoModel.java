package io.maskwire.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The demo's files in the cache: a model that names the resting-state network of an fMRI map, and
 * maps of people it has not seen.
 *
 * <p>A folder is built beside its final name, forced to the disk and then renamed, so a folder with
 * the final name is whole, and of two processes that build at once one wins and the other takes the
 * winner's. The name holds a checksum of everything that decides the model, so a changed task is
 * another folder.
 *
 * @param directory holds all the others
 * @param onnx input {@code volume} [1, 1, z, y, x], which is a NIfTI volume in the order RAS, x
 *     fastest; output {@code network}, logits
 * @param labels a line for each of the output's elements
 * @param calibration a folder of training volumes, to choose fixed-point ranges by
 * @param report what training took and reached, JSON
 * @param samples volumes of people who are not in the training set
 */
public record DemoModel(
    Path directory, Path onnx, Path labels, Path calibration, Path report, List<Path> samples) {

  /** To be raised when code changes what a task makes; a changed task needs nothing. */
  static final int VERSION = 3;

  private static final String BUILDING = ".demo-building-";
  private static final Duration ABANDONED = Duration.ofDays(1);

  public DemoModel {
    samples = List.copyOf(samples);
  }

  /**
   * The model from the cache, made first if it is not there: about half a minute and 2 GB of heap
   * on two cores.
   *
   * @throws IOException if the cache cannot be read or written
   * @throws IllegalStateException if training misses the accuracy that the demo promises
   */
  public static DemoModel prepare(Path cacheDirectory, ProgressListener progress)
      throws IOException {
    return prepare(DemoTask.published(), cacheDirectory, progress);
  }

  static DemoModel prepare(DemoTask task, Path cacheDirectory, ProgressListener progress)
      throws IOException {
    Files.createDirectories(cacheDirectory);
    Path directory = cacheDirectory.resolve(folderName(task));
    if (!isComplete(directory)) {
      deleteAbandoned(cacheDirectory);
      delete(directory);
      build(task, directory, progress);
    }
    progress.advanced("demo model ready", 1);
    return at(directory);
  }

  static String folderName(DemoTask task) {
    CRC32 checksum = new CRC32();
    checksum.update(task.toString().getBytes(StandardCharsets.UTF_8));
    return "demo-v%d-%08x".formatted(VERSION, checksum.getValue());
  }

  private static DemoModel at(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> samples =
          files
              .filter(file -> file.getFileName().toString().startsWith("sample-"))
              .sorted()
              .toList();
      return new DemoModel(
          directory,
          directory.resolve("model.onnx"),
          directory.resolve("labels.txt"),
          directory.resolve("calibration"),
          directory.resolve("training.json"),
          samples);
    }
  }

  /**
   * A folder with the final name was whole once; this finds what somebody has deleted from it
   * since.
   */
  private static boolean isComplete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    DemoModel model = at(directory);
    return Stream.of(model.onnx(), model.labels(), model.calibration(), model.report())
            .allMatch(Files::exists)
        && !model.samples().isEmpty();
  }

  private static void build(DemoTask task, Path directory, ProgressListener progress)
      throws IOException {
    Path building = Files.createTempDirectory(directory.toAbsolutePath().getParent(), BUILDING);
    try {
      new DemoBuilder(task, progress).build(building);
      forceToDisk(building);
      publish(building, directory);
    } finally {
      delete(building);
    }
  }

  private static void publish(Path building, Path directory) throws IOException {
    try {
      Files.move(building, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException occupied) {
      if (!isComplete(directory)) {
        throw occupied;
      }
    }
  }

  /**
   * A rename can reach the disk before the contents do: after a power cut the folder would look
   * whole.
   */
  private static void forceToDisk(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  /** Removes what killed processes left; younger folders may belong to one that is at work. */
  private static void deleteAbandoned(Path cacheDirectory) throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (Stream<Path> entries = Files.list(cacheDirectory)) {
      for (Path entry :
          entries.filter(path -> path.getFileName().toString().startsWith(BUILDING)).toList()) {
        if (Files.getLastModifiedTime(entry).toInstant().isBefore(limit)) {
          delete(entry);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (UncheckedIOException walk) {
      throw walk.getCause();
    }
  }
}
