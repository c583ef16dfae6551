package io.maskwire.party.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.fixture.Faults;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sessions whose events come in any order and repeatedly, at two instances of each party that know
 * nothing of each other and crash before and after every step that leaves the process.
 */
class RandomScheduleTest {
  private static final int PROGRAMS = Integer.getInteger("maskwire.schedules.programs", 4);
  private static final int SESSIONS = Integer.getInteger("maskwire.schedules.sessions", 30);
  private static final int MOST_STEPS = 5000;

  @TempDir private Path folder;

  @Test
  void handle_anyScheduleOfCrashesAndDuplicates_endsWithTheExactResult() {
    World world = new World(folder);
    for (int i = 0; i < PROGRAMS; i++) {
      LayeredProgram network = LayeredProgram.random(new SplittableRandom(i));
      World.Model model = world.publish(network.program(), network.weights());
      for (int j = 0; j < SESSIONS; j++) {
        int seed = i * SESSIONS + j;
        try {
          new Run(world, model, network.randomInput(), seed).run();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /** An event that is not acknowledged until it is durable. */
  private record Taken(Role role, int index, CompletableFuture<Void> durable) {}

  /** One session. */
  private static final class Run {
    private final World world;
    private final World.Session session;
    private final RingTensor input;
    private final SplittableRandom random;
    private final Bus bus;
    private final Faults faults = new Faults();
    private final Map<Role, List<Instance>> instances = new EnumMap<>(Role.class);
    private final List<Taken> taken = new ArrayList<>();
    private final Map<Role, Set<Integer>> handled = new EnumMap<>(Role.class);

    Run(World world, World.Model model, RingTensor input, int seed) {
      this.world = world;
      this.input = input;
      random = new SplittableRandom(seed);
      session = world.deal(model);
      bus = new Bus(world, session);
      for (Role role : Role.values()) {
        instances.put(role, new ArrayList<>(List.of(fresh(role), fresh(role))));
        handled.put(role, new HashSet<>());
      }
    }

    private Instance fresh(Role role) {
      return new Instance(world, role, faults, bus, random.nextBoolean() ? 1 << 28 : 0);
    }

    void run() {
      world.upload(session, session.mask(input));
      bus.publish(bus.opened());
      bus.publish(bus.input());
      int steps = 0;
      while (!done()) {
        assertThat(++steps).as("steps").isLessThan(MOST_STEPS);
        step(Role.of(random.nextInt(2)), steps < MOST_STEPS / 2);
      }
      verify();
    }

    private boolean done() {
      return bus.results().size() == 2 && handledAll(Role.PARTY_0) && handledAll(Role.PARTY_1);
    }

    private Set<Integer> handled(Role role) {
      return java.util.Objects.requireNonNull(handled.get(role));
    }

    private boolean handledAll(Role role) {
      return handled(role).size() == bus.inbox(role).size();
    }

    private void step(Role role, boolean faulty) {
      List<SessionEvent> inbox = bus.inbox(role);
      int index = choose(role, inbox.size(), faulty);
      if (index < 0) {
        return;
      }
      List<Instance> running = java.util.Objects.requireNonNull(instances.get(role));
      int which = random.nextInt(running.size());
      if (faulty && random.nextInt(4) == 0) {
        faults.arm(random.nextInt(14));
      }
      Instance instance = running.get(which);
      try {
        taken.add(new Taken(role, index, instance.start(inbox.get(index)).durable()));
        if (!faulty || random.nextInt(3) == 0) {
          instance.flush();
        }
        acknowledge();
      } catch (RuntimeException | Error e) {
        if (!faults.fired()) {
          throw e;
        }
        running.set(which, fresh(role));
      }
      faults.disarm();
    }

    private void acknowledge() {
      for (Taken event : taken) {
        if (event.durable().isDone() && !event.durable().isCompletedExceptionally()) {
          handled(event.role()).add(event.index());
        }
      }
      taken.removeIf(event -> event.durable().isDone());
    }

    /** The oldest event that is not handled; sometimes another of them, sometimes an old one. */
    private int choose(Role role, int size, boolean faulty) {
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        if (!handled(role).contains(i)) {
          open.add(i);
        }
      }
      int dice = random.nextInt(10);
      if (faulty && dice == 0) {
        return random.nextInt(size);
      }
      if (open.isEmpty()) {
        return -1;
      }
      return faulty && dice < 4 ? open.get(random.nextInt(open.size())) : open.getFirst();
    }

    private void verify() {
      Map<Role, byte[]> results = bus.results();
      byte[] share0 = java.util.Objects.requireNonNull(results.get(Role.PARTY_0));
      byte[] share1 = java.util.Objects.requireNonNull(results.get(Role.PARTY_1));
      assertThat(session.unmask(share0, share1)).containsExactly(session.model().plaintext(input));
      String blob = session.model().name().blob(session.id() + ".bin");
      for (Role role : Role.values()) {
        assertThat(world.container(Container.keysOf(role)).length(blob)).isEmpty();
        int before = bus.sent();
        Instance late = fresh(role);
        bus.inbox(role).forEach(late::handle);
        assertThat(bus.sent()).isEqualTo(before);
      }
    }
  }
}
