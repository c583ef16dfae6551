package io.maskwire.dealer;

import io.maskwire.crypto.execution.Dealer;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.exchange.ModelVersionName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Versions that are ready to be dealt: the few that were used last stay in memory, and the seeds of
 * others are wiped. So for one thread at a time.
 */
public final class DealtVersions {
  private final PublishedModels models;
  private final Vault vault;
  private final int most;
  private final Map<ModelVersionName, Version> warm = new LinkedHashMap<>(16, 0.75f, true);

  /** Keeps at most {@code most} of the versions in {@code models} and {@code vault}. */
  public DealtVersions(PublishedModels models, Vault vault, int most) {
    this.models = models;
    this.vault = vault;
    this.most = most;
  }

  /**
   * A version that can be dealt.
   *
   * @param dealer deals its sessions
   * @param commonBytes of one session
   * @param seeds what the dealer deals under
   */
  record Version(Dealer dealer, long commonBytes, VersionSeeds seeds) {
    @Override
    public String toString() {
      return "Version[" + commonBytes + " bytes a session]";
    }
  }

  /**
   * The version {@code name}.
   *
   * @throws Refusal if it has no program or is not registered
   */
  Version open(ModelVersionName name) {
    Version found = warm.get(name);
    if (found != null) {
      return found;
    }
    Version loaded = load(name);
    warm.put(name, loaded);
    Iterator<Version> oldest = warm.values().iterator();
    while (warm.size() > most && oldest.hasNext()) {
      Version evicted = oldest.next();
      if (!evicted.equals(loaded)) {
        evicted.seeds().wipe();
        oldest.remove();
      }
    }
    return loaded;
  }

  /** True if no session of {@code name} is to be dealt any more, for any thread. */
  boolean isRetired(ModelVersionName name) {
    return models.isRetired(name);
  }

  /**
   * Checks that a version can be dealt, for any thread.
   *
   * @throws Refusal if it has no program or is not registered
   */
  public void check(ModelVersionName name) {
    load(name).seeds().wipe();
  }

  private Version load(ModelVersionName name) {
    PublishedModels.Published published =
        models
            .program(name)
            .orElseThrow(
                () -> new Refusal(Refusal.Reason.UNKNOWN_PROGRAM, name + " has no program"));
    VersionSeeds seeds =
        vault
            .seeds(name, published.id())
            .orElseThrow(
                () -> new Refusal(Refusal.Reason.UNKNOWN_PROGRAM, name + " is not registered"));
    return new Version(
        new Dealer(published.program(), published.id(), seeds),
        new KeyPlan(published.program()).commonBytes(),
        seeds);
  }
}
