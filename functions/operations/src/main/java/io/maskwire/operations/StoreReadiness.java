package io.maskwire.operations;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.StoreException;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready while the store answers. The broker's channels are checked by their connector. */
public final class StoreReadiness implements HealthCheck {
  private static final System.Logger LOG = System.getLogger(StoreReadiness.class.getName());
  private static final String CHECK = "store";
  private static final String NO_BLOB = "readiness";

  private final BlobContainer container;

  /**
   * Asks {@code container}, which the function may read.
   *
   * @param container one that is in the function's own domain
   */
  public StoreReadiness(BlobContainer container) {
    this.container = container;
  }

  /** True if the store answers, whatever it refuses of some blobs. */
  public boolean answers() {
    try {
      container.length(NO_BLOB);
      return true;
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "the store does not answer", e);
      return false;
    }
  }

  @Override
  public HealthCheckResponse call() {
    try {
      boolean present = container.length(NO_BLOB).isPresent();
      return HealthCheckResponse.named(CHECK).up().withData("probe", present).build();
    } catch (StoreException e) {
      return HealthCheckResponse.named(CHECK).down().withData("reason", e.reason().name()).build();
    }
  }
}
