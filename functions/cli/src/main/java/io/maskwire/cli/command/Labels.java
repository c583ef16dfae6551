package io.maskwire.cli.command;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the elements of the first output are called.
 *
 * @param names of the classes, empty if only indices are known
 * @param indices whether the output holds indices of classes instead of a value for each class
 * @param classes how many classes there are, if the output says so
 */
record Labels(List<String> names, boolean indices, Optional<Integer> classes) {

  /** One of the likeliest classes. */
  record Ranked(int index, String label, float value) {}

  /** Names from {@code file}, a line each; none if there is no file. */
  static List<String> read(@Nullable Path file) throws IOException {
    try {
      return file == null ? List.of() : Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is no text in UTF-8; save it as such", e);
    }
  }

  /** {@code names} for the first output of {@code program}. */
  static Labels of(List<String> names, Program program) {
    Program.Output output = program.outputs().getFirst();
    // An ArgMax of the network itself is the one kind of output without fractional bits.
    boolean indices = output.finish().isPosition() || output.scale() == 0;
    return new Labels(
        List.copyOf(names),
        indices,
        indices ? Optional.empty() : Optional.of(output.shape().elements()));
  }

  /** What to say if the names are not as many as the classes: they may be another model's. */
  Optional<String> mismatch() {
    return classes
        .filter(count -> !names.isEmpty() && count != names.size())
        .map(
            count ->
                "the labels name %d classes, the model has %d; are they this model's?"
                    .formatted(names.size(), count));
  }

  /** At most {@code limit} classes by falling value; equal values keep their order. */
  List<Ranked> top(FloatTensor output, int limit) {
    if (indices) {
      int index = (int) output.get(0);
      return List.of(new Ranked(index, name(index), output.get(0)));
    }
    return IntStream.range(0, output.values().length)
        .boxed()
        .sorted((a, b) -> Float.compare(output.get(b), output.get(a)))
        .limit(limit)
        .map(index -> new Ranked(index, name(index), output.get(index)))
        .toList();
  }

  private String name(int index) {
    return index < names.size() ? names.get(index) : Integer.toString(index);
  }
}
