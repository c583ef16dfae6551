package io.maskwire.dealer;

import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.FileContainer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A dealer over folders, whose announcements and news are kept. */
final class DealerWorld implements Announcer, DealerListener {
  static final Duration LIFETIME = Duration.ofHours(24);

  final List<KeysReady> announced = new CopyOnWriteArrayList<>();
  final List<SessionId> dealt = new CopyOnWriteArrayList<>();
  final List<Integer> levels = new CopyOnWriteArrayList<>();
  final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
  final BlobContainer models;
  final BlobContainer vaultContainer;
  final KeyContainers keys;
  final PublishedModels published;
  final Vault vault;
  final KeyStock stock;
  final DealtVersions versions;
  final SessionDealer dealer;
  private final Path root;
  Instant now = Instant.now();
  boolean brokerIsThere = true;
  boolean isFull;

  DealerWorld(Path root, StockLimits limits) {
    this(root, limits, containers(root));
  }

  DealerWorld(Path root, StockLimits limits, KeyContainers keys) {
    this.root = root;
    this.keys = keys;
    models = open(Container.MODELS);
    vaultContainer = open(Container.VAULT);
    published = new PublishedModels(models);
    vault = new Vault(vaultContainer, keys.party0(), keys.party1(), new SecureRandom());
    stock = new KeyStock(keys.masks(), keys.common(), limits, new Now());
    versions = new DealtVersions(published, vault, 2);
    dealer = new SessionDealer(versions, keys, stock, this, this);
  }

  /** This many free sessions, and space enough. */
  static DealerWorld withStock(Path root, int sessions) {
    return new DealerWorld(root, new StockLimits(sessions, 1 << 20, LIFETIME));
  }

  static KeyContainers containers(Path root) {
    return new KeyContainers(
        open(root, Container.KEYS_COMMON),
        open(root, Container.KEYS_PARTY0),
        open(root, Container.KEYS_PARTY1),
        open(root, Container.MASKS));
  }

  private static FileContainer open(Path root, Container container) {
    return new FileContainer(root.resolve(container.container()));
  }

  BlobContainer open(Container container) {
    return open(root, container);
  }

  /** What a compiler does: program, registration, manifest. */
  void publish(TinyModel model) {
    models.create(model.name.blob("program.bin"), ProgramCodec.encode(model.program));
    vault.register(model.name, model.id);
    models.create(model.name.blob("manifest.json"), new byte[] {'{', '}'});
  }

  /** Deals until the level is reached. */
  void fill(ModelVersionName name) {
    dealer.lookAgain(name);
    while (dealer.dealOne(name)) {
      // each call deals one
    }
  }

  SessionId firstFree(ModelVersionName name) {
    return stock.free(name).getFirst().session();
  }

  @Override
  public void announce(KeysReady event) {
    if (!brokerIsThere) {
      throw new IllegalStateException("no broker");
    }
    announced.add(event);
  }

  @Override
  public void dealt(ModelVersionName name, SessionId session, Duration took) {
    dealt.add(session);
  }

  @Override
  public void level(ModelVersionName name, int free) {
    levels.add(free);
  }

  @Override
  public void full(ModelVersionName name, long commonBytes) {
    isFull = true;
  }

  @Override
  public void failed(RuntimeException cause) {
    failures.add(cause);
  }

  /** A clock that tests set. */
  private final class Now extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
