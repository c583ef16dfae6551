package io.maskwire.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long one instance of a function takes to start.
 *
 * @param instance of the local stack
 * @param ready from the start of its process until it answers that it is ready
 * @param processor processor time of the process until then, all threads
 * @param started what Quarkus says of itself, without the Java virtual machine's own start
 */
public record StartupTime(String instance, Summary ready, Summary processor, Summary started) {
  private static final String READY = "readyMillis";
  private static final String PROCESSOR = "processorMillis";
  private static final String STARTED = "startedMillis";

  /**
   * Times of several starts, milliseconds.
   *
   * @param median of all; of an even number, the higher one of the middle
   * @param worst of all
   */
  public record Summary(double median, double worst) {
    static Summary of(List<Double> millis) {
      List<Double> sorted = millis.stream().sorted().toList();
      return new Summary(sorted.get(sorted.size() / 2), sorted.getLast());
    }
  }

  /** Gathers starts, in the order of the instances' first ones. */
  static final class Collector {
    private final Map<String, List<JsonNode>> starts = new LinkedHashMap<>();

    /**
     * Adds one start.
     *
     * @throws IllegalArgumentException if the object lacks a time
     */
    void add(JsonNode start) {
      for (String name : List.of(READY, PROCESSOR, STARTED)) {
        if (!start.path(name).isNumber()) {
          throw new IllegalArgumentException("'%s' lacks %s".formatted(start, name));
        }
      }
      starts.computeIfAbsent(start.path("instance").asText(), _ -> new ArrayList<>()).add(start);
    }

    List<StartupTime> times() {
      List<StartupTime> times = new ArrayList<>();
      starts.forEach(
          (instance, all) ->
              times.add(
                  new StartupTime(
                      instance,
                      summary(all, READY),
                      summary(all, PROCESSOR),
                      summary(all, STARTED))));
      return times;
    }

    private static Summary summary(List<JsonNode> starts, String name) {
      return Summary.of(starts.stream().map(start -> start.path(name).asDouble()).toList());
    }
  }
}
