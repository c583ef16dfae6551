package io.maskwire.dealer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does something with each of many, so that one with which it fails keeps no other. */
final class EachAlone {
  private final List<RuntimeException> failures = new ArrayList<>();

  <T> void run(List<T> all, Consumer<T> action) {
    for (T one : all) {
      try {
        action.accept(one);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
  }

  /** Throws what went wrong, if anything did. */
  void finish() {
    if (!failures.isEmpty()) {
      RuntimeException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }
}
