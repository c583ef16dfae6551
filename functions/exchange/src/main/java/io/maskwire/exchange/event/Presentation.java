package io.maskwire.exchange.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maskwire.exchange.SampleName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an owner shows of a model, besides what the compiler finds out: all of it is public.
 *
 * @param description a few plain sentences, at most {@value #LONGEST_DESCRIPTION} characters
 * @param samples blobs of files to try the model with; their last parts are the public names
 */
public record Presentation(Optional<String> description, List<String> samples) {
  /** Nothing is shown. */
  public static final Presentation NONE = new Presentation(Optional.empty(), List.of());

  /** The file of a version that has the description. */
  public static final String DESCRIPTION_FILE = "description.txt";

  /** Characters of a description at most. */
  public static final int LONGEST_DESCRIPTION = 1_000;

  public Presentation {
    samples = List.copyOf(samples);
    description.ifPresent(Presentation::requireDescription);
    if (samples.size() > SampleName.MOST) {
      throw new IllegalArgumentException(
          "%d samples, a model has at most %d".formatted(samples.size(), SampleName.MOST));
    }
    Set<SampleName> names = new HashSet<>();
    for (String blob : samples) {
      SampleName name = SampleName.ofPath(blob);
      if (!names.add(name)) {
        throw new IllegalArgumentException("two samples are named '%s'".formatted(name.file()));
      }
    }
  }

  private static void requireDescription(String text) {
    if (text.isBlank() || text.length() > LONGEST_DESCRIPTION) {
      throw new IllegalArgumentException(
          "a description has 1 to %d characters, not %d"
              .formatted(LONGEST_DESCRIPTION, text.isBlank() ? 0 : text.length()));
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw new IllegalArgumentException("a description is plain text");
    }
  }

  void putInto(JsonObject json) {
    description.ifPresent(text -> json.put("description", text));
    ArrayNode blobs = json.tree().putArray("samples");
    samples.forEach(blobs::add);
  }

  static Presentation of(JsonObject json) {
    List<String> samples = new ArrayList<>();
    for (JsonNode sample : json.tree().path("samples")) {
      samples.add(sample.asText());
    }
    return new Presentation(ModelUploaded.optional(json, "description"), samples);
  }
}
