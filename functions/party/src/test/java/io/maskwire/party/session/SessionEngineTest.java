package io.maskwire.party.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SessionEngineTest extends SessionScene {
  @Test
  void handle_crashBeforeAndAfterEveryStep_endsWithTheExactResult() {
    bus.publish(bus.opened());
    bus.publish(bus.input());
    run(both(), new int[2]);
    requireExactResult();
    long steps = faults.steps();
    assertThat(steps).isGreaterThan(20);
    for (long crash = 0; crash < steps; crash++) {
      newSession();
      bus.publish(bus.opened());
      bus.publish(bus.input());
      faults.arm(crash);
      run(both(), new int[2]);
      requireExactResult();
      faults.disarm();
    }
  }

  @Test
  void handle_peersMessageBeforeInput_isKeptForIt() {
    Instance zero = instance(Role.PARTY_0);
    Instance one = instance(Role.PARTY_1);
    one.handle(bus.input());

    assertThat(zero.handle(bus.inbox(Role.PARTY_0).getFirst())).isZero();
    assertThat(instance(Role.PARTY_0).handle(bus.input())).isEqualTo(2);
  }

  @Test
  void handle_duplicatesAtAWarmInstance_sendNothing() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.opened());
    zero.handle(bus.input());
    Instance one = instance(Role.PARTY_1);
    one.handle(bus.input());
    SessionEvent first = bus.inbox(Role.PARTY_0).getFirst();
    zero.handle(first);

    assertThat(zero.handle(bus.opened()) + zero.handle(bus.input()) + zero.handle(first)).isZero();
  }

  @Test
  void handle_duplicateAtAColdInstance_repeatsTheMessageOnce() {
    instance(Role.PARTY_0).handle(bus.input());
    Instance cold = instance(Role.PARTY_0);

    assertThat(cold.handle(bus.input())).isEqualTo(1);
    assertThat(cold.handle(bus.input())).isZero();
  }

  @Test
  void handle_sessionExpired_erasesKeysAndIgnoresWhatFollows() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(
        new SessionEvent.Ended(
            new SessionEnded(session.id(), model.name(), SessionEnded.Outcome.EXPIRED)));

    String blob = model.name().blob(session.id() + ".bin");
    assertThat(world.container(Container.KEYS_PARTY0).length(blob)).isEmpty();
    assertThat(zero.handle(bus.input()) + instance(Role.PARTY_0).handle(bus.input())).isZero();
    assertThat(bus.sent()).isZero();
  }

  private ModelVersionName otherModel() {
    return new ModelVersionName("other", model.name().version());
  }

  private SessionEvent ended(ModelVersionName name) {
    return new SessionEvent.Ended(
        new SessionEnded(session.id(), name, SessionEnded.Outcome.EXPIRED));
  }

  private boolean hasKeys(ModelVersionName name) {
    return world
        .container(Container.KEYS_PARTY0)
        .length(name.blob(session.id() + ".bin"))
        .isPresent();
  }

  @Test
  void handle_endNamesAnotherModel_erasesTheKeysThatTheLogNamesAlone() {
    for (boolean warm : new boolean[] {true, false}) {
      newSession();
      Instance zero = instance(Role.PARTY_0);
      zero.handle(bus.opened());
      String foreign = otherModel().blob(session.id() + ".bin");
      world.container(Container.KEYS_PARTY0).put(foreign, new byte[1]);

      (warm ? zero : instance(Role.PARTY_0)).handle(ended(otherModel()));

      assertThat(hasKeys(model.name())).isFalse();
      assertThat(hasKeys(otherModel())).isTrue();
    }
  }

  @Test
  void handle_endOfUnopenedSessionNamesAnotherModel_erasesItsKeys() {
    World.Session neighbour = world.deal(model);

    instance(Role.PARTY_0).handle(ended(otherModel()));

    assertThat(hasKeys(model.name())).isFalse();
    assertThat(
            world
                .container(Container.KEYS_PARTY0)
                .length(model.name().blob(neighbour.id() + ".bin")))
        .isPresent();
  }

  @Test
  void handle_anyEventAfterTheEnd_erasesTheKeysThatTheLogNames() {
    List<SessionEvent> late =
        List.of(
            ended(otherModel()),
            new SessionEvent.Opened(
                new SessionOpened(session.id(), model.name(), session.resultKey(), Instant.now())),
            new SessionEvent.PeerMessage(
                session.id(), otherModel(), 0, new byte[1], Optional.empty()));
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.opened());
    zero.handle(ended(model.name()));
    String blob = model.name().blob(session.id() + ".bin");
    for (SessionEvent event : late) {
      world.container(Container.KEYS_PARTY0).put(blob, new byte[1]);

      instance(Role.PARTY_0).handle(event);

      assertThat(hasKeys(model.name())).as("after %s", event).isFalse();
    }
  }

  @Test
  void handle_bugWhileFactsAreWritten_isToldToWhoeverWaits() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    instance(Role.PARTY_1).handle(bus.input());
    CompletableFuture<Void> durable = zero.start(bus.inbox(Role.PARTY_0).getFirst()).durable();

    faults.arm(0); // an Error
    zero.flush();

    assertThat(durable).isCompletedExceptionally();
    assertThat(durable.exceptionNow()).isInstanceOf(Error.class);
  }

  @Test
  void handle_warmSession_readsNothingButTheInput() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.opened());
    Instance one = instance(Role.PARTY_1);
    one.handle(bus.opened());
    long keys = zero.reads(Container.KEYS_COMMON) + zero.reads(Container.KEYS_PARTY0);
    long logs = zero.reads(Container.STATE_PARTY0);
    long others = zero.reads(Container.MODELS) + zero.reads(Container.MASKED_WEIGHTS);
    bus.publish(bus.input());
    Map<Role, Instance> instances = new EnumMap<>(Map.of(Role.PARTY_0, zero, Role.PARTY_1, one));
    run(instances, new int[2]);

    requireExactResult();
    assertThat(zero.reads(Container.INPUTS)).isEqualTo(1);
    // Reading ahead after the preparation may still be on its way when they are counted.
    assertThat(zero.reads(Container.KEYS_COMMON) + zero.reads(Container.KEYS_PARTY0) - keys)
        .isLessThanOrEqualTo(2);
    assertThat(zero.reads(Container.STATE_PARTY0)).isEqualTo(logs);
    assertThat(zero.reads(Container.MODELS) + zero.reads(Container.MASKED_WEIGHTS))
        .isEqualTo(others);
  }

  @Test
  void handle_messagesTooLargeForEvents_goByBlobStorage() {
    network = LayeredProgram.wide(new SplittableRandom(5));
    model = world.publish(network.program(), network.weights());
    newSession();
    bus.publish(bus.opened());
    bus.publish(bus.input());
    run(both(), new int[2]);

    requireExactResult();
    assertThat(bus.references()).isEqualTo(4);
    assertThat(world.container(Container.CLAIMS_TO_PARTY0).list("")).isEmpty();
    assertThat(world.container(Container.CLAIMS_TO_PARTY1).list("")).isEmpty();
  }

  @Test
  void handle_twoInstancesAtOnceForEveryEvent_endsWithTheExactResult() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        newSession();
        bus.publish(bus.opened());
        bus.publish(bus.input());
        Map<Role, List<Instance>> instances = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
          instances.put(role, List.of(instance(role), instance(role)));
        }
        int[] handled = new int[2];
        while (handled[0] < bus.inbox(Role.PARTY_0).size()
            || handled[1] < bus.inbox(Role.PARTY_1).size()) {
          List<CompletableFuture<Void>> running = new ArrayList<>();
          for (Role role : Role.values()) {
            List<SessionEvent> inbox = bus.inbox(role);
            if (handled[role.index()] < inbox.size()) {
              SessionEvent event = inbox.get(handled[role.index()]++);
              for (Instance each : Objects.requireNonNull(instances.get(role))) {
                running.add(CompletableFuture.runAsync(() -> each.handle(event), threads));
              }
            }
          }
          running.forEach(CompletableFuture::join);
        }
        requireExactResult();
      }
    }
  }
}
