package io.maskwire.party.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.seal.PairSeal;
import io.maskwire.exchange.seal.SealException;
import io.maskwire.exchange.seal.SealKeys;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.Container;
import io.maskwire.party.blob.MissingBlobException;
import io.maskwire.party.fixture.Faults;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import io.maskwire.party.session.RefusedException.Reason;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // fields are set before each test
class SessionEngineTest {
  @TempDir private Path folder;
  private final Faults faults = new Faults();
  private World world;
  private LayeredProgram network;
  private World.Model model;
  private World.Session session;
  private RingTensor input;
  private Bus bus;

  @BeforeEach
  void setUp() {
    world = new World(folder);
    network = LayeredProgram.random(new SplittableRandom(4));
    model = world.publish(network.program(), network.weights());
    newSession();
  }

  private void newSession() {
    session = world.deal(model);
    input = network.randomInput();
    world.upload(session, session.mask(input));
    bus = new Bus(world, session);
  }

  private Instance instance(Role role) {
    return new Instance(world, role, faults, bus);
  }

  private void requireExactResult() {
    byte[] share0 = Objects.requireNonNull(bus.results().get(Role.PARTY_0));
    byte[] share1 = Objects.requireNonNull(bus.results().get(Role.PARTY_1));
    assertThat(session.unmask(share0, share1)).containsExactly(model.plaintext(input));
  }

  /** Delivers every event to its party, in order; a crash costs the instance and is tried again. */
  private void run(Map<Role, Instance> instances, int[] handled) {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Role role : Role.values()) {
        List<SessionEvent> inbox = bus.inbox(role);
        while (handled[role.index()] < inbox.size()) {
          try {
            Objects.requireNonNull(instances.get(role)).handle(inbox.get(handled[role.index()]));
            handled[role.index()]++;
          } catch (RuntimeException | Error e) {
            if (!faults.fired()) {
              throw e;
            }
            faults.disarm();
            instances.put(role, instance(role));
          }
          progress = true;
        }
      }
    }
  }

  private Map<Role, Instance> both() {
    Map<Role, Instance> instances = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      instances.put(role, instance(role));
    }
    return instances;
  }

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
  void handle_otherInput_isRefusedAndTheFirstStands() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    world.upload(session, session.mask(network.randomInput()));

    for (Instance any : List.of(zero, instance(Role.PARTY_0))) {
      assertThatThrownBy(() -> any.handle(bus.input()))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_INPUT));
    }
    assertThat(bus.sent()).isEqualTo(1);

    world.upload(session, session.mask(input));
    bus.publish(bus.input());
    run(both(), new int[2]);
    requireExactResult();
  }

  @Test
  void handle_otherResultKey_isRefused() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.opened());
    byte[] other = SealKeys.encode(SealKeys.generate(new SecureRandom()).getPublic());

    assertThatThrownBy(
            () ->
                zero.handle(
                    new SessionEvent.Input(new InputUploaded(session.id(), model.name(), other))))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_RECORD));
  }

  private SessionEvent peerMessage(int round, RoundMessage message) {
    PairSeal seal =
        new PairSeal(
            world.keys(Role.PARTY_1).getPrivate(),
            (ECPublicKey) world.keys(Role.PARTY_0).getPublic(),
            new SecureRandom());
    byte[] sealed = seal.seal(session.id(), Role.PARTY_1, round, message.encode());
    return new SessionEvent.PeerMessage(
        session.id(), model.name(), round, sealed, Optional.empty());
  }

  private RoundMessage changed(int round) {
    RoundMessage message = RoundMessage.decode(bus.message(Role.PARTY_1, round));
    byte[] payload = message.payload().clone();
    payload[0] ^= 1;
    return new RoundMessage(
        message.role(), round, message.session(), message.transcript(), payload);
  }

  @Test
  void handle_otherMessageForARound_isRefused() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    instance(Role.PARTY_1).handle(bus.input());
    zero.handle(bus.inbox(Role.PARTY_0).getFirst());

    for (Instance any : List.of(zero, instance(Role.PARTY_0))) {
      assertThatThrownBy(() -> any.handle(peerMessage(0, changed(0))))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_MESSAGE));
    }
  }

  @Test
  void handle_messageOnAnotherTranscript_isRefusedAndNotKept() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    instance(Role.PARTY_1).handle(bus.input());
    RoundMessage first = RoundMessage.decode(bus.message(Role.PARTY_1, 0));
    RoundMessage other =
        new RoundMessage(first.role(), 0, first.session(), new byte[32], first.payload());

    assertThatThrownBy(() -> zero.handle(peerMessage(0, other)))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_TRANSCRIPT));
    assertThat(zero.handle(bus.inbox(Role.PARTY_0).getFirst())).isEqualTo(1);
  }

  @Test
  void handle_wrongSealOrUnknownSession_isPoison() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    SessionEvent unsealed =
        new SessionEvent.PeerMessage(
            session.id(), model.name(), 0, new byte[100], Optional.empty());
    assertThatThrownBy(() -> zero.handle(unsealed)).isInstanceOf(SealException.class);

    SessionId unknown = new SessionId(new byte[SessionId.BYTES]);
    world.container(Container.INPUTS).put(unknown.toString(), new byte[1]);
    assertThatThrownBy(
            () ->
                zero.handle(
                    new SessionEvent.Input(
                        new InputUploaded(unknown, model.name(), session.resultKey()))))
        .isInstanceOf(SealException.class);
    assertThatThrownBy(
            () ->
                zero.handle(
                    new SessionEvent.PeerMessage(
                        unknown, model.name(), 0, new byte[0], Optional.of(unknown + "/0"))))
        .isInstanceOf(MissingBlobException.class);
    assertThat(world.container(Container.STATE_PARTY0).length(unknown.toString())).isEmpty();
  }

  @Test
  void handle_keysUnderAnotherSessionsName_areRefused() {
    World.Session other = world.deal(model);
    BlobContainer keys = world.container(Container.KEYS_PARTY0);
    BlobContainer common = world.container(Container.KEYS_COMMON);
    String to = model.name().blob(session.id() + ".bin");
    String from = model.name().blob(other.id() + ".bin");
    keys.put(to, keys.read(from).orElseThrow());
    common.put(to, common.read(from).orElseThrow());

    assertThatThrownBy(() -> instance(Role.PARTY_0).handle(bus.input()))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void handle_damagedLog_isRefused() {
    instance(Role.PARTY_0).handle(bus.input());
    BlobContainer state = world.container(Container.STATE_PARTY0);
    byte[] log = state.read(session.id().toString()).orElseThrow();
    for (int at = 0; at < log.length; at += 7) {
      byte[] damaged = log.clone();
      damaged[at] ^= 0x10;
      state.put(session.id().toString(), damaged);
      assertThatThrownBy(() -> instance(Role.PARTY_0).handle(bus.input()))
          .isInstanceOf(ProtocolException.class);
    }
    byte[] cut = java.util.Arrays.copyOf(log, log.length - 1);
    state.put(session.id().toString(), cut);
    assertThatThrownBy(() -> instance(Role.PARTY_0).handle(bus.input()))
        .isInstanceOf(ProtocolException.class);
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
  void handle_referenceToAnotherBlob_isRefused() {
    Instance zero = instance(Role.PARTY_0);
    zero.handle(bus.input());
    SessionEvent foreign =
        new SessionEvent.PeerMessage(
            session.id(), model.name(), 0, new byte[0], Optional.of("other/0"));

    assertThatThrownBy(() -> zero.handle(foreign)).isInstanceOf(IllegalArgumentException.class);
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
