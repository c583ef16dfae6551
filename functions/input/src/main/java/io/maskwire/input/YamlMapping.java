package io.maskwire.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping read strictly: every key must be known and stand once, every value must have the
 * type asked for, and every error names its line. Anchors, aliases and deep nesting are refused.
 */
final class YamlMapping {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_CHARACTERS = 1 << 16;
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private final String source;
  private final MappingNode node;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMapping(String source, MappingNode node) {
    this.source = source;
    this.node = node;
    for (NodeTuple tuple : node.getValue()) {
      String key = scalar(tuple.getKeyNode(), "a key");
      if (values.put(key, tuple.getValueNode()) != null) {
        throw error(tuple.getKeyNode(), "key '" + printable(key) + "' is there twice");
      }
    }
  }

  /** The single mapping that {@code text} consists of. */
  static YamlMapping parse(String source, String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new InputException(
          source,
          "has " + text.length() + " characters, a declaration has at most " + MAX_CHARACTERS);
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS)
            .setAllowNonScalarKeys(true)
            .build();
    Optional<Node> root;
    try {
      checkEvents(source, settings, text);
      root = new Compose(settings).composeString(text);
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      // Beside its own exception the library throws others, such as for the tag "!%B".
      throw new InputException(source, "is not valid YAML: " + e.getMessage(), e);
    }
    if (root.isPresent() && root.get() instanceof MappingNode mapping) {
      return new YamlMapping(source, mapping);
    }
    throw new InputException(source, "line 1: expected 'key: value' lines, such as 'version: 1'");
  }

  /** The composer recurses with the text's nesting; the event parser does not. */
  private static void checkEvents(String source, LoadSettings settings, String text) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof AliasEvent
          || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
        throw error(source, event.getStartMark(), "anchors and aliases are not read; write it out");
      }
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw error(source, event.getStartMark(), "nested deeper than " + MAX_DEPTH);
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  /** Refuses keys that are not in {@code known}. */
  void allowOnly(List<String> known, String where) {
    for (NodeTuple tuple : node.getValue()) {
      String key = scalar(tuple.getKeyNode(), "a key");
      if (!known.contains(key)) {
        throw error(
            tuple.getKeyNode(),
            "unknown key '"
                + printable(key)
                + "'"
                + where
                + "; known keys: "
                + String.join(", ", known));
      }
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether the value of {@code key} is a single word or number. */
  boolean isScalar(String key) {
    return require(key) instanceof ScalarNode;
  }

  /** One of {@code choices}, by {@link #word}. */
  <E extends Enum<E>> E choice(String key, E[] choices) {
    String text = text(key);
    List<String> words = new ArrayList<>();
    for (E choice : choices) {
      if (word(choice).equals(text)) {
        return choice;
      }
      words.add(word(choice));
    }
    throw error(key, "is '" + printable(text) + "'; it must be one of " + String.join(", ", words));
  }

  /** Names in lower case with '-' for '_', but layouts as everybody writes them. */
  private static String word(Enum<?> choice) {
    return choice instanceof Preprocess.Layout
        ? choice.name()
        : choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String text(String key) {
    return scalar(require(key), "'" + key + "'");
  }

  /** A whole number from {@code low} to {@code high}. */
  int integer(String key, int low, int high) {
    return integer(require(key), key, low, high);
  }

  double decimal(String key) {
    return decimal(require(key), key);
  }

  /** A finite decimal in the value of {@code key}, given as {@code text}. */
  double decimal(String key, String text) {
    if (text.length() > 40 || !DECIMAL.matcher(text).matches()) {
      throw error(key, "is '" + printable(text) + "', not a decimal number such as 0.5 or 1e-3");
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw error(key, "is '" + text + "', which is too large");
    }
    return value;
  }

  /** A list of decimals; one decimal stands for a list of one. */
  List<Double> decimals(String key) {
    if (isScalar(key)) {
      return List.of(decimal(key));
    }
    List<Double> list = new ArrayList<>();
    for (Node item : items(key)) {
      list.add(decimal(item, key));
    }
    return list;
  }

  /** A list of whole numbers from {@code low} to {@code high}. */
  List<Integer> integers(String key, int low, int high) {
    List<Integer> list = new ArrayList<>();
    for (Node item : items(key)) {
      list.add(integer(item, key, low, high));
    }
    return list;
  }

  YamlMapping mapping(String key) {
    if (require(key) instanceof MappingNode mapping) {
      return new YamlMapping(source, mapping);
    }
    throw error(key, "must have keys of its own, such as '" + key + ": {name: value}'");
  }

  /** An error at the value of {@code key}. */
  InputException error(String key, String what) {
    Node value = values.get(key);
    return error(value == null ? node : value, "'" + key + "' " + what);
  }

  private Node require(String key) {
    Node value = values.get(key);
    if (value == null) {
      throw error(node, "key '" + key + "' is missing");
    }
    return value;
  }

  private List<Node> items(String key) {
    if (require(key) instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return sequence.getValue();
    }
    throw error(key, "must be a list such as [1, 2]");
  }

  private int integer(Node value, String key, int low, int high) {
    String text = scalar(value, "'" + key + "'");
    if (!text.matches("-?[0-9]{1,9}")) {
      throw error(value, "'" + key + "' is '" + printable(text) + "', not a whole number");
    }
    int number = Integer.parseInt(text);
    if (number < low || number > high) {
      throw error(value, "'" + key + "' is " + number + "; it must be from " + low + " to " + high);
    }
    return number;
  }

  private double decimal(Node value, String key) {
    return decimal(key, scalar(value, "'" + key + "'"));
  }

  private String scalar(Node value, String what) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error(value, what + " must be a single word or number");
  }

  private InputException error(Node at, String what) {
    return error(source, at.getStartMark(), what);
  }

  private static InputException error(String source, Optional<Mark> mark, String what) {
    return new InputException(
        source, "line " + (mark.map(Mark::getLine).orElse(0) + 1) + ": " + what);
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[^ -~]", "?");
    return clean.length() > 40 ? clean.substring(0, 40) + "..." : clean;
  }
}
