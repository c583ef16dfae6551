package io.maskwire.party.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.party.fixture.Faults;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how long an engine takes for a round of a classifier of twelve rounds, store in files. */
class RoundLatencyTest {
  private static final int SESSIONS = 30;

  @TempDir private Path folder;

  @Test
  void handle_manySessionsOfTwelveRounds_areExactAndMeasured() {
    World world = new World(folder);
    LayeredProgram network = LayeredProgram.classifier(new SplittableRandom(1));
    World.Model model = world.publish(network.program(), network.weights());
    assertThat(model.rounds()).isEqualTo(12);
    List<Long> micros = new ArrayList<>();
    Map<Role, Instance> instances = new EnumMap<>(Role.class);
    Map<String, Bus> buses = new java.util.HashMap<>();
    for (Role role : Role.values()) {
      instances.put(
          role,
          new Instance(
              world,
              role,
              new Faults(),
              event -> Objects.requireNonNull(buses.get(event.session().toString())).send(event)));
    }
    for (int i = 0; i < SESSIONS; i++) {
      World.Session session = world.deal(model);
      RingTensor input = network.randomInput();
      world.upload(session, session.mask(input));
      Bus bus = new Bus(world, session);
      buses.put(session.id().toString(), bus);
      bus.publish(bus.opened());
      bus.publish(bus.input());
      micros.addAll(run(instances, bus));
      instances.values().forEach(Instance::flush);
      assertThat(
              session.unmask(
                  Objects.requireNonNull(bus.results().get(Role.PARTY_0)),
                  Objects.requireNonNull(bus.results().get(Role.PARTY_1))))
          .containsExactly(model.plaintext(input));
    }
    List<Long> warm = micros.subList(micros.size() / 2, micros.size()).stream().sorted().toList();
    System.out.printf(
        "measured: a round takes %d us (median), %d us (p99) over %d rounds%n",
        warm.get(warm.size() / 2), warm.get(warm.size() * 99 / 100), warm.size());
  }

  private static List<Long> run(Map<Role, Instance> instances, Bus bus) {
    List<Long> micros = new ArrayList<>();
    int[] handled = new int[2];
    while (handled[0] < bus.inbox(Role.PARTY_0).size()
        || handled[1] < bus.inbox(Role.PARTY_1).size()) {
      for (Role role : Role.values()) {
        if (handled[role.index()] < bus.inbox(role).size()) {
          SessionEvent event = bus.inbox(role).get(handled[role.index()]++);
          long start = System.nanoTime();
          Objects.requireNonNull(instances.get(role)).start(event);
          if (event instanceof SessionEvent.PeerMessage) {
            micros.add((System.nanoTime() - start) / 1000);
          }
        }
      }
    }
    return micros;
  }
}
