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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One session of a small model, and what its tests need around it. */
@SuppressWarnings("NullAway.Init") // fields are set before each test
abstract class SessionScene {
  @TempDir private Path folder;
  final Faults faults = new Faults();
  World world;
  LayeredProgram network;
  World.Model model;
  World.Session session;
  RingTensor input;
  Bus bus;

  @BeforeEach
  final void setUp() {
    world = new World(folder);
    network = LayeredProgram.random(new SplittableRandom(4));
    model = world.publish(network.program(), network.weights());
    newSession();
  }

  final void newSession() {
    session = world.deal(model);
    input = network.randomInput();
    world.upload(session, session.mask(input));
    bus = new Bus(world, session);
  }

  final Instance instance(Role role) {
    return new Instance(world, role, faults, bus);
  }

  final void requireExactResult() {
    byte[] share0 = Objects.requireNonNull(bus.results().get(Role.PARTY_0));
    byte[] share1 = Objects.requireNonNull(bus.results().get(Role.PARTY_1));
    assertThat(session.unmask(share0, share1)).containsExactly(model.plaintext(input));
  }

  /**
   * Delivers every event to its party, in order, and makes them durable when there is nothing else
   * to do; a crash costs the instance, and what is not durable comes again.
   */
  final void run(Map<Role, Instance> instances, int[] handled) {
    Map<Role, List<CompletableFuture<Void>>> durable = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      durable.put(role, new ArrayList<>());
    }
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Role role : Role.values()) {
        List<CompletableFuture<Void>> done = Objects.requireNonNull(durable.get(role));
        int first = handled[role.index()] - done.size();
        try {
          Instance instance = Objects.requireNonNull(instances.get(role));
          List<SessionEvent> inbox = bus.inbox(role);
          boolean idle = handled[role.index()] == inbox.size();
          while (handled[role.index()] < inbox.size()) {
            done.add(instance.start(inbox.get(handled[role.index()])).durable());
            handled[role.index()]++;
            progress = true;
          }
          if (idle && !done.stream().allMatch(CompletableFuture::isDone)) {
            instance.flush();
            progress = true;
          }
        } catch (RuntimeException | Error e) {
          if (!faults.fired()) {
            throw e;
          }
          faults.disarm();
          instances.put(role, instance(role));
          while (!done.isEmpty() && done.getLast().state() != Future.State.SUCCESS) {
            done.removeLast();
          }
          handled[role.index()] = first + done.size();
          progress = true;
        }
      }
    }
  }

  final Map<Role, Instance> both() {
    Map<Role, Instance> instances = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      instances.put(role, instance(role));
    }
    return instances;
  }
}
