package io.maskwire.gateway.session;

import io.maskwire.exchange.ModelVersionName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How long the latest sessions of each version took. Thread safe. */
final class TypicalTimes {
  private static final int MOST_KEPT = 32;

  private final Map<ModelVersionName, Deque<Duration>> latest = new ConcurrentHashMap<>();

  void add(ModelVersionName name, Duration time) {
    Deque<Duration> times = latest.computeIfAbsent(name, any -> new ArrayDeque<>());
    synchronized (times) {
      if (times.size() == MOST_KEPT) {
        times.removeFirst();
      }
      times.addLast(time);
    }
  }

  /** The median, if there was a session; of an even number the longer of the two in the middle. */
  Optional<Duration> median(ModelVersionName name) {
    Deque<Duration> times = latest.get(name);
    if (times == null) {
      return Optional.empty();
    }
    synchronized (times) {
      return times.stream().sorted().skip(times.size() / 2).findFirst();
    }
  }
}
