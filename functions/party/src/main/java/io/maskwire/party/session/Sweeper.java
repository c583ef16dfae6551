package io.maskwire.party.session;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import io.maskwire.exchange.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Erases keys that were never used and logs of sessions long over. A log goes after its keys only:
 * as long as there are keys, the log says which input they serve.
 */
public final class Sweeper {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final Pattern KEYS = Pattern.compile(".*/([0-9a-f]{32})\\.bin");

  private final BlobContainer keys;
  private final BlobContainer state;

  /**
   * Sweeps two containers of a party.
   *
   * @param keys its own keys
   * @param state its logs
   */
  public Sweeper(BlobContainer keys, BlobContainer state) {
    this.keys = keys;
    this.state = state;
  }

  /**
   * Erases what was last written before {@code limit}. What the store does not let go stays, and is
   * tried again by the next sweep; it keeps nothing else.
   *
   * @return number of blobs
   */
  public int sweep(Instant limit) {
    int erased = 0;
    Set<String> withKeys = new HashSet<>();
    for (BlobEntry entry : keys.list("")) {
      Matcher name = KEYS.matcher(entry.name());
      if (name.matches()) {
        boolean gone = entry.modified().isBefore(limit) && delete(keys, entry);
        erased += gone ? 1 : 0;
        if (!gone) {
          withKeys.add(name.group(1));
        }
      }
    }
    for (BlobEntry entry : state.list("")) {
      if (entry.modified().isBefore(limit) && !withKeys.contains(entry.name())) {
        erased += delete(state, entry) ? 1 : 0;
      }
    }
    return erased;
  }

  private static boolean delete(BlobContainer container, BlobEntry entry) {
    try {
      container.delete(entry.name());
      return true;
    } catch (StoreException e) {
      LOG.log(Level.WARNING, entry.name() + " is not erased", e);
      return false;
    }
  }
}
