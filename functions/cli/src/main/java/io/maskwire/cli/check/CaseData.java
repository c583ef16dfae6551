package io.maskwire.cli.check;

import io.maskwire.input.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One data set of a case: {@code input_N.pb} and {@code output_N.pb}, N from 0 without gaps.
 *
 * @param folder that holds them
 * @param inputs in their order
 * @param outputs that are expected, in their order, at least one
 */
record CaseData(Path folder, List<TensorFile> inputs, List<TensorFile> outputs) {
  private static final String SETS = "test_data_set_";

  CaseData {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Where the data sets of the case in {@code folder} are.
   *
   * @throws CaseException if there is none: such a case shows nothing
   */
  static List<Path> folders(Path folder) throws IOException {
    List<Path> sets = list(folder, SETS).sorted().toList();
    if (sets.isEmpty()) {
      throw new CaseException("not compared: no folder " + SETS + "*");
    }
    return sets;
  }

  /**
   * Reads one.
   *
   * @throws CaseException if files are missing
   * @throws io.maskwire.input.InputException if one cannot be read
   */
  static CaseData read(Path folder) throws IOException {
    List<TensorFile> inputs = tensors(folder, "input_");
    List<TensorFile> outputs = tensors(folder, "output_");
    if (outputs.isEmpty()) {
      throw new CaseException("not compared: no output_0.pb in " + folder.getFileName());
    }
    return new CaseData(folder, inputs, outputs);
  }

  private static List<TensorFile> tensors(Path folder, String prefix) throws IOException {
    Set<String> names =
        list(folder, prefix)
            .map(file -> String.valueOf(file.getFileName()))
            .collect(Collectors.toCollection(TreeSet::new));
    List<TensorFile> tensors = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = prefix + i + ".pb";
      if (!names.contains(name)) {
        throw new CaseException(
            "not compared: %s has %s, but no %s".formatted(folder.getFileName(), names, name));
      }
      tensors.add(TensorFile.read(folder.resolve(name)));
    }
    return tensors;
  }

  private static Stream<Path> list(Path folder, String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> String.valueOf(entry.getFileName()).startsWith(prefix))
          .toList()
          .stream();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
