package io.maskwire.infra.rights;

import io.maskwire.exchange.store.Container.Domain;
import java.time.Duration;
import java.util.Set;

/**
 * A topic, and who may do what with it; nobody else may do anything.
 *
 * @param topic its name
 * @param writers who may write
 * @param readers who may read
 * @param retention how long events are kept
 */
public record TopicRights(
    String topic, Set<Domain> writers, Set<Domain> readers, Duration retention) {
  public TopicRights {
    writers = Set.copyOf(writers);
    readers = Set.copyOf(readers);
    if (writers.isEmpty() || readers.isEmpty()) {
      throw new IllegalArgumentException("nobody writes or nobody reads the topic " + topic);
    }
  }
}
