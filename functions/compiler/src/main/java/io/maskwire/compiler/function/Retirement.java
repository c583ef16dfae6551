package io.maskwire.compiler.function;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.StoreException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Takes versions out of use: a marker beside the manifest first, which is found without the event,
 * then the event. Files stay, since sessions that are open need them.
 */
public final class Retirement {
  private static final Logger LOG = Logger.getLogger(Retirement.class);

  private final BlobContainer models;
  private final PublishedVersions versions;
  private final Consumer<ModelRetired> announcer;
  private final int keep;

  /**
   * Retires versions in {@code models}.
   *
   * @param announcer returns when the event is safe with the broker
   * @param keep versions of a model that stay when another one is published
   */
  public Retirement(BlobContainer models, Consumer<ModelRetired> announcer, int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("at least one version stays published, not " + keep);
    }
    this.models = models;
    this.versions = new PublishedVersions(models);
    this.announcer = announcer;
    this.keep = keep;
  }

  /**
   * Retires a version; of one that is retired already, says so again.
   *
   * @throws RefusedException if it is not published
   */
  public void retire(ModelVersionName name) {
    if (versions.find(name).isEmpty()) {
      throw new RefusedException(
          Problem.UNKNOWN_VERSION, "no version %s is published".formatted(name));
    }
    mark(name);
  }

  private void mark(ModelVersionName name) {
    models.create(
        name.blob(ModelRetired.MARKER),
        JsonObject.create().put(name).put("time", Instant.now()).toBytes());
    announcer.accept(new ModelRetired(name));
    LOG.infof("retired %s", name);
  }

  /**
   * Retires what is too old now that {@code newest} is published. The next publication tries again
   * what failed.
   */
  void retireOlder(ModelVersionName newest) {
    try {
      versions.of(newest.model()).stream()
          .filter(version -> version.retired().isEmpty() && !version.name().equals(newest))
          .skip(keep - 1L)
          .forEach(version -> mark(version.name()));
    } catch (StoreException e) {
      LOG.warnf(e, "old versions of %s are not retired yet", newest.model());
    }
  }
}
