package io.maskwire.party.session;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.fixture.Faults;
import io.maskwire.party.fixture.FaultyContainer;
import io.maskwire.party.fixture.World;
import io.maskwire.party.keys.KeyStore;
import io.maskwire.party.keys.ReadAhead;
import io.maskwire.party.model.ModelCache;
import io.maskwire.party.model.ModelLoader;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An instance of a party, as a process would have it. */
final class Instance {
  private final Map<Container, FaultyContainer> containers = new EnumMap<>(Container.class);
  private final Role role;
  private final World world;
  private final Faults faults;
  final WarmSessions warm;
  final ReadAhead readAhead;
  final SessionEngine engine;
  private final Queue<Runnable> flushes = new ConcurrentLinkedQueue<>();

  Instance(World world, Role role, Faults faults, Outbox outbox) {
    this(world, role, faults, outbox, 1 << 28);
  }

  Instance(World world, Role role, Faults faults, Outbox outbox, long warmBytes) {
    this.world = world;
    this.role = role;
    this.faults = faults;
    warm = new WarmSessions(warmBytes);
    readAhead = new ReadAhead(1 << 16, 1 << 28);
    Identity identity =
        Identity.of(
            role,
            world.keys(role),
            (ECPublicKey) world.keys(role.other()).getPublic(),
            new SecureRandom());
    Computations computations = computations();
    Courier courier =
        new Courier(
            identity,
            new Courier.Claims(
                view(Container.claimsTo(role)),
                view(Container.claimsTo(role.other())),
                view(Container.claimsOfResult(role))),
            event -> {
              faults.step();
              outbox.send(event);
              faults.step();
            });
    engine =
        new SessionEngine(
            identity,
            view(Container.stateOf(role)),
            view(Container.INPUTS),
            courier,
            new SessionEngine.Workshop(computations, warm, (flush, _) -> flushes.add(flush)));
  }

  private Computations computations() {
    ModelLoader loader =
        new ModelLoader(
            role,
            view(Container.MODELS),
            view(Container.MASKED_WEIGHTS),
            view(Container.keysOf(role)));
    return new Computations(
        new ModelCache(loader, 4),
        new KeyStore(view(Container.keysOf(role)), view(Container.KEYS_COMMON), readAhead),
        1);
  }

  private BlobContainer view(Container container) {
    return containers.computeIfAbsent(
        container, any -> new FaultyContainer(world.container(any), faults));
  }

  /** Reads of {@code container} so far. */
  long reads(Container container) {
    return view(container) instanceof FaultyContainer faulty ? faulty.reads() : 0;
  }

  Role role() {
    return role;
  }

  /** Handles {@code event} and makes it durable. */
  int handle(SessionEvent event) {
    int messages = start(event).messages();
    flush();
    return messages;
  }

  /** Handles {@code event}, whose facts stay in memory. */
  SessionEngine.Handled start(SessionEvent event) {
    return engine.handle(event);
  }

  /** Makes durable what is in memory. */
  void flush() {
    for (Runnable next = flushes.poll(); next != null; next = flushes.poll()) {
      next.run();
    }
  }
}
