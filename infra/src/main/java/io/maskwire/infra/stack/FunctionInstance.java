package io.maskwire.infra.stack;

import io.maskwire.exchange.store.Container.Domain;
import java.util.ArrayList;
import java.util.List;

/**
 * A running copy of a function.
 *
 * @param name unique
 * @param function the name of its module
 * @param domain for whom it acts
 * @param heapMebibytes its largest heap
 */
record FunctionInstance(String name, String function, Domain domain, int heapMebibytes) {
  static final String GATEWAY = "gateway";
  static final String COMPILER = "compiler";
  static final String DEALER = "dealer";
  static final String PARTY = "party";

  /**
   * All instances, in the order in which they are stopped: first what accepts work, last what other
   * instances wait for.
   */
  static List<FunctionInstance> all(int parties) {
    List<FunctionInstance> all = new ArrayList<>();
    all.add(new FunctionInstance(GATEWAY, GATEWAY, Domain.USER, 384));
    all.add(new FunctionInstance(COMPILER, COMPILER, Domain.OWNER, 1024));
    for (int copy = 1; copy <= parties; copy++) {
      String suffix = copy == 1 ? "" : "-" + copy;
      all.add(new FunctionInstance("party0" + suffix, PARTY, Domain.OWNER, 1024));
      all.add(new FunctionInstance("party1" + suffix, PARTY, Domain.USER, 1024));
    }
    all.add(new FunctionInstance(DEALER, DEALER, Domain.DEALER, 1024));
    return List.copyOf(all);
  }

  /** True for one instance of each function. */
  boolean isFirstOfFunction() {
    return name.equals(function) || name.equals("party0");
  }

  /** Which party it is, for instances of that function. */
  int party() {
    return domain == Domain.OWNER ? 0 : 1;
  }
}
