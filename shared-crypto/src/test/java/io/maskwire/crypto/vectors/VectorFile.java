package io.maskwire.crypto.vectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Frozen vectors in the format of tests/vectors/generate.py, which wrote them. */
public final class VectorFile {
  private VectorFile() {}

  /** One case: named lists of 64-bit words. */
  public static final class Case {
    private final String name;
    private final Map<String, long[]> words = new LinkedHashMap<>();

    Case(String name) {
      this.name = name;
    }

    /** The words under {@code key}, which the case must have. */
    public long[] words(String key) {
      long[] found = words.get(key);
      if (found == null) {
        throw new IllegalArgumentException("case " + name + " has no " + key);
      }
      return found.clone();
    }

    /** The only word under {@code key}. */
    public int number(String key) {
      return Math.toIntExact(words(key)[0]);
    }

    /** True if the case has {@code key}. */
    public boolean has(String key) {
      return words.containsKey(key);
    }

    /** True if the name starts with {@code kind}. */
    public boolean is(String kind) {
      return name.startsWith(kind);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** All cases of the resource {@code file}. */
  public static List<Case> read(String file) {
    List<Case> cases = new ArrayList<>();
    try (var stream = Objects.requireNonNull(VectorFile.class.getResourceAsStream(file), file);
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", -1);
        if (parts[0].equals("case")) {
          cases.add(new Case(parts[1]));
        } else {
          long[] values =
              Arrays.stream(parts)
                  .skip(1)
                  .filter(word -> !word.isEmpty())
                  .mapToLong(word -> Long.parseUnsignedLong(word, 16))
                  .toArray();
          cases.getLast().words.put(parts[0], values);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }
}
