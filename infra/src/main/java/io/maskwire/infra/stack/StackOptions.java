package io.maskwire.infra.stack;

import io.maskwire.infra.store.BlobServices;
import java.nio.file.Path;

/**
 * What to start.
 *
 * @param data folder that keeps everything
 * @param home the checkout, whose built functions are run
 * @param port of the gateway
 * @param parties instances of each party
 * @param stock sessions of each model that the dealer keeps ready
 * @param store which blob store
 * @param training whether functions write caches for later starts when they stop
 */
public record StackOptions(
    Path data,
    Path home,
    int port,
    int parties,
    int stock,
    BlobServices.Choice store,
    boolean training) {
  /** Sessions of each model that are kept ready. */
  public static final int DEFAULT_STOCK = 4;

  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST_PARTIES = 8;

  public StackOptions {
    data = data.toAbsolutePath().normalize();
    home = home.toAbsolutePath().normalize();
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("no port: " + port);
    }
    if (stock < 1) {
      throw new IllegalArgumentException("at least one session is kept ready, not " + stock);
    }
    if (parties < 1 || parties > MOST_PARTIES) {
      throw new IllegalArgumentException(
          "1 to %d instances of each party, not %d".formatted(MOST_PARTIES, parties));
    }
  }

  /** One instance of each party, and the best store of this machine. */
  public static StackOptions of(Path data, Path home, int port) {
    return new StackOptions(
        data, home, port, 1, DEFAULT_STOCK, BlobServices.Choice.AUTOMATIC, false);
  }
}
