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
 * @param started what Quarkus says of itself, without the Java virtual machine's own start
 */
public record StartupTime(String instance, Summary ready, Summary started) {

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
    private final Map<String, List<Double>> ready = new LinkedHashMap<>();
    private final Map<String, List<Double>> started = new LinkedHashMap<>();

    /**
     * Adds one start.
     *
     * @throws IllegalArgumentException if the object lacks a time
     */
    void add(JsonNode start) {
      String instance = start.path("instance").asText();
      add(ready, instance, start, "readyMillis");
      add(started, instance, start, "startedMillis");
    }

    private static void add(
        Map<String, List<Double>> times, String instance, JsonNode start, String name) {
      if (!start.path(name).isNumber()) {
        throw new IllegalArgumentException("'%s' lacks %s".formatted(start, name));
      }
      times.computeIfAbsent(instance, _ -> new ArrayList<>()).add(start.path(name).asDouble());
    }

    List<StartupTime> times() {
      List<StartupTime> times = new ArrayList<>();
      ready.forEach(
          (instance, millis) ->
              times.add(
                  new StartupTime(
                      instance,
                      Summary.of(millis),
                      Summary.of(started.getOrDefault(instance, List.of())))));
      return times;
    }
  }
}
