package io.maskwire.party.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import io.maskwire.party.session.Outbox;
import io.maskwire.party.session.PartyEngines;
import io.maskwire.party.session.RefusedException;
import io.maskwire.party.session.SendException;
import io.maskwire.party.session.SessionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One session that cannot go on, and another that can. */
@SuppressWarnings("NullAway.Init") // fields are set before each test
class FailedSessionTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir private Path folder;
  private final List<String> reported = new ArrayList<>();
  private World world;
  private World.Session bad;
  private World.Session good;

  private final class Recorded implements Reports {
    @Override
    public void refused(SessionEvent event, RefusedException refusal) {
      add("refused", event);
    }

    @Override
    public void poison(InboundRecord record, RuntimeException problem) {
      reported.add("poison " + name(record.key()));
    }

    @Override
    public void failed(InboundRecord record, SessionEvent event, Throwable problem) {
      add("failed", event);
    }

    @Override
    public void sent(int messages, Duration elapsed) {
      reported.add("sent " + messages);
    }

    @Override
    public void retrying(InboundRecord record, Throwable problem, Duration pause) {
      reported.add("retrying " + name(record.key()));
    }

    private void add(String what, SessionEvent event) {
      reported.add(what + " " + name(event.session().toString()));
    }

    private String name(String session) {
      return session.equals(bad.id().toString()) ? "bad" : "good";
    }
  }

  @BeforeEach
  void setUp() {
    world = new World(folder);
    LayeredProgram network = LayeredProgram.random(new SplittableRandom(4));
    World.Model model = world.publish(network.program(), network.weights());
    bad = world.deal(model);
    good = world.deal(model);
    world.upload(bad, bad.mask(network.randomInput()));
    world.upload(good, good.mask(network.randomInput()));
  }

  private Intake intake(Duration retryFor) {
    return intake(retryFor, event -> {});
  }

  private Intake intake(Duration retryFor, Outbox outbox) {
    return new Intake(
        new EventDecoder(Role.PARTY_0),
        PartyEngines.plain(world, Role.PARTY_0, outbox),
        new Recorded(),
        retryFor);
  }

  private static InboundRecord record(
      String topic, String type, World.Session session, byte[] data) {
    return new InboundRecord(
        topic, session.id().toString(), Map.of("ce_specversion", "1.0", "ce_type", type), data);
  }

  private static InboundRecord opened(World.Session session) {
    return record(
        "sessions",
        EventType.SESSION_OPENED,
        session,
        new SessionOpened(session.id(), session.model().name(), session.resultKey(), Instant.now())
            .toJson());
  }

  private static InboundRecord input(World.Session session) {
    return record(
        "inputs",
        EventType.INPUT_UPLOADED,
        session,
        new InputUploaded(session.id(), session.model().name(), session.resultKey()).toJson());
  }

  private static InboundRecord ended(World.Session session) {
    return record(
        "sessions",
        EventType.SESSION_ENDED,
        session,
        new SessionEnded(session.id(), session.model().name(), SessionEnded.Outcome.EXPIRED)
            .toJson());
  }

  private boolean hasKeys(World.Session session) {
    return world
        .container(Container.KEYS_PARTY0)
        .length(session.model().name().blob(session.id() + ".bin"))
        .isPresent();
  }

  private void requireBadFailsAndGoodGoesOn(Intake intake) {
    assertThat(intake.handle(input(bad)).durable()).isCompleted();
    intake.handle(input(good));

    assertThat(reported).containsExactly("failed bad", "sent 1");
  }

  @ParameterizedTest
  @EnumSource(names = {"INPUTS", "KEYS_COMMON", "KEYS_PARTY0", "STATE_PARTY0"})
  void handle_storeRefusesForGood_failsThatSessionAlone(Container container) {
    for (StoreException.Reason reason :
        List.of(StoreException.Reason.DENIED, StoreException.Reason.FAILED)) {
      reported.clear();
      setUp();
      world.container(container).refuse(bad.id().toString(), reason);

      requireBadFailsAndGoodGoesOn(intake(LONG));
    }
  }

  static List<Supplier<RuntimeException>> bugs() {
    return List.of(
        NullPointerException::new,
        ArrayIndexOutOfBoundsException::new,
        () -> new SendException("too large", new IllegalStateException(), false),
        () -> {
          throw new StackOverflowError();
        },
        () -> {
          throw new AssertionError("a bug");
        });
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void handle_bug_failsThatSessionAlone(Supplier<RuntimeException> bug) {
    Intake intake =
        intake(
            LONG,
            event -> {
              if (event.session().equals(bad.id())) {
                throw bug.get();
              }
            });

    requireBadFailsAndGoodGoesOn(intake);
    assertThat(hasKeys(bad)).isFalse();
  }

  @Test
  void handle_bugInTheStore_failsThatSessionAlone() {
    world
        .container(Container.INPUTS)
        .refuse(bad.id().toString(), IllegalMonitorStateException::new);

    requireBadFailsAndGoodGoesOn(intake(LONG));
  }

  @Test
  void handle_outOfMemory_isNotOfOneSession() {
    Intake intake =
        intake(
            LONG,
            event -> {
              throw new OutOfMemoryError("of a test");
            });

    assertThatThrownBy(() -> intake.handle(input(bad))).isInstanceOf(OutOfMemoryError.class);
    assertThat(reported).isEmpty();
  }

  @Test
  void handle_storeIsBusyForOneSessionForLong_failsIt() {
    world
        .container(Container.KEYS_COMMON)
        .refuse(bad.id().toString(), StoreException.Reason.UNAVAILABLE);
    Intake intake = intake(Duration.ZERO);

    intake.handle(input(bad));
    intake.handle(input(good));

    assertThat(reported).containsExactly("retrying bad", "failed bad", "sent 1");
  }

  @Test
  void handle_storeAnswersNobodyForLong_throwsSoThatNothingIsLost() {
    for (Container container : Container.values()) {
      world.container(container).refuse("", StoreException.Reason.UNAVAILABLE);
    }
    Intake intake = intake(Duration.ZERO);

    assertThatThrownBy(() -> intake.handle(input(bad))).isInstanceOf(StoreException.class);
    assertThat(reported).isEmpty();
  }

  @Test
  void handle_damagedLog_failsThatSessionAloneAndErasesItsKeys() {
    intake(LONG).handle(opened(bad));
    intake(LONG).handle(opened(good));
    reported.clear();
    world.container(Container.STATE_PARTY0).put(bad.id().toString(), new byte[] {1, 2, 3});

    requireBadFailsAndGoodGoesOn(intake(LONG));
    assertThat(hasKeys(bad)).isFalse();
    assertThat(hasKeys(good)).isTrue();
  }

  @Test
  void handle_moreOfAFailedSession_isPutAsideAtOnceButItsEnd() {
    String name = bad.id().toString();
    world.container(Container.INPUTS).refuse(name, StoreException.Reason.DENIED);
    Intake intake = intake(LONG);
    intake.handle(opened(bad));
    intake.handle(input(bad));
    reported.clear();

    intake.handle(input(bad));
    intake.handle(opened(bad));
    intake.handle(ended(bad));

    assertThat(reported).containsExactly("poison bad", "poison bad", "sent 0");
  }

  @Test
  void handle_failedSessionAfterARestart_endsAgain() {
    world.container(Container.INPUTS).refuse(bad.id().toString(), StoreException.Reason.DENIED);
    intake(LONG).handle(input(bad));

    intake(LONG).handle(input(bad));

    assertThat(reported).containsExactly("failed bad", "sent 0");
    assertThat(hasKeys(bad)).isFalse();
  }

  @Test
  void handle_storeRefusesTheLogForGood_failsAtEveryStartAndComputesNothing() {
    world
        .container(Container.STATE_PARTY0)
        .refuse(bad.id().toString(), StoreException.Reason.DENIED);
    intake(LONG).handle(input(bad));

    intake(LONG).handle(input(bad));

    assertThat(reported).containsExactly("failed bad", "failed bad");
    assertThat(hasKeys(bad)).isFalse();
  }

  @Test
  void again_notDurableForGood_failsThatSessionAlone() {
    Intake intake = intake(LONG);
    intake.handle(input(bad));

    for (Throwable lost :
        List.of(
            new StoreException(
                StoreException.Reason.FAILED, "no room", new IllegalStateException()),
            new AssertionError("a bug"))) {
      reported.clear();
      assertThat(intake.again(input(bad), lost, System.nanoTime()).durable()).isCompleted();

      assertThat(reported).containsExactly("failed bad");
    }
    intake.handle(input(good));
    assertThat(reported).containsExactly("failed bad", "sent 1");
  }
}
