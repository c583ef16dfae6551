package io.maskwire.party.model;

import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.exchange.ModelVersionName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The model versions that were used last, each loaded once however many sessions ask for it at the
 * same time. A failure is not kept. Thread safe.
 */
public final class ModelCache {
  private final ModelLoader loader;
  private final int most;
  private final Map<ModelVersionName, CompletableFuture<PartyModel>> models =
      new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A cache over {@code loader}.
   *
   * @param most versions that are kept; sessions that run keep theirs beside
   */
  public ModelCache(ModelLoader loader, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one model is kept, not " + most);
    }
    this.loader = loader;
    this.most = most;
  }

  /** The version {@code name}; see {@link ModelLoader#load} for what goes wrong. */
  public PartyModel get(ModelVersionName name) {
    CompletableFuture<PartyModel> mine = new CompletableFuture<>();
    CompletableFuture<PartyModel> model = claim(name, mine);
    if (model == mine) {
      load(name, mine);
    }
    try {
      return model.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private synchronized CompletableFuture<PartyModel> claim(
      ModelVersionName name, CompletableFuture<PartyModel> mine) {
    CompletableFuture<PartyModel> there = models.putIfAbsent(name, mine);
    if (models.size() > most) {
      models.remove(models.keySet().iterator().next());
    }
    return there == null ? mine : there;
  }

  private void load(ModelVersionName name, CompletableFuture<PartyModel> model) {
    try {
      model.complete(loader.load(name));
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        models.remove(name, model);
      }
      model.completeExceptionally(e);
    }
  }
}
