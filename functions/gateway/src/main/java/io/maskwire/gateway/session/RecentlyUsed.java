package io.maskwire.gateway.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A cache that forgets what was not used for longest. Thread safe. */
final class RecentlyUsed<K, V> {
  private final Map<K, V> entries;

  RecentlyUsed(int most) {
    entries =
        new LinkedHashMap<K, V>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
  }

  synchronized Optional<V> remove(K key) {
    return Optional.ofNullable(entries.remove(key));
  }
}
