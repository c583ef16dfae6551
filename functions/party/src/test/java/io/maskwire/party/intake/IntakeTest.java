package io.maskwire.party.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.store.Container;
import io.maskwire.exchange.store.StoreException;
import io.maskwire.party.fixture.LayeredProgram;
import io.maskwire.party.fixture.World;
import io.maskwire.party.session.Outbox;
import io.maskwire.party.session.PartyEngines;
import io.maskwire.party.session.RefusedException;
import io.maskwire.party.session.SendException;
import io.maskwire.party.session.SessionEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // fields are set before each test
class IntakeTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final List<String> reported = new ArrayList<>();
  private World world;
  private LayeredProgram network;
  private World.Session session;

  private final Reports reports =
      new Reports() {
        @Override
        public void refused(SessionEvent event, RefusedException refusal) {
          reported.add("refused " + refusal.reason().code());
        }

        @Override
        public void poison(InboundRecord record, RuntimeException problem) {
          reported.add("poison");
        }

        @Override
        public void failed(InboundRecord record, SessionEvent event, Throwable problem) {
          reported.add("failed");
        }

        @Override
        public void sent(int messages, Duration elapsed) {
          reported.add("sent " + messages);
        }

        @Override
        public void retrying(InboundRecord record, Throwable problem, Duration pause) {
          reported.add("retrying");
        }
      };

  @BeforeEach
  void setUp() {
    world = new World(folder);
    network = LayeredProgram.random(new SplittableRandom(4));
    session = world.deal(world.publish(network.program(), network.weights()));
    world.upload(session, session.mask(network.randomInput()));
  }

  private Intake intake(Outbox outbox, Duration retryFor) {
    return new Intake(
        new EventDecoder(Role.PARTY_0),
        PartyEngines.plain(world, Role.PARTY_0, outbox),
        reports,
        retryFor);
  }

  private InboundRecord record(String topic, String key, Map<String, String> headers) {
    byte[] data =
        new InputUploaded(session.id(), session.model().name(), session.resultKey()).toJson();
    return new InboundRecord(topic, key, headers, data);
  }

  private InboundRecord input() {
    return record("inputs", session.id().toString(), headers(EventType.INPUT_UPLOADED));
  }

  private static Map<String, String> headers(String type) {
    return Map.of("ce_specversion", "1.0", "ce_type", type);
  }

  @Test
  void handle_brokerFailsForAWhile_handlesTheEventAgain() {
    AtomicInteger failures = new AtomicInteger(2);
    intake(
            event -> {
              if (failures.getAndDecrement() > 0) {
                throw new SendException("not now", new IllegalStateException());
              }
            },
            SOON)
        .handle(input());

    assertThat(reported).containsExactly("retrying", "retrying", "sent 1");
  }

  @Test
  void handle_brokerFailsForLong_throwsSoThatNothingIsCommitted() {
    Intake intake =
        intake(
            event -> {
              throw new SendException("never", new IllegalStateException());
            },
            Duration.ZERO);

    assertThatThrownBy(() -> intake.handle(input())).isInstanceOf(SendException.class);
    assertThat(reported).isEmpty();
  }

  @Test
  void again_notDurable_isReportedAndHandledForAWhile() {
    RuntimeException lost =
        new StoreException(
            StoreException.Reason.UNAVAILABLE, "no store", new IllegalStateException());
    Intake patient = intake(event -> {}, SOON);
    patient.handle(input());

    patient.again(input(), lost, System.nanoTime());

    assertThat(reported).containsExactly("sent 1", "retrying", "sent 0");
    world.container(Container.STATE_PARTY0).refuse("", StoreException.Reason.UNAVAILABLE);
    Intake impatient = intake(event -> {}, Duration.ZERO);
    long since = System.nanoTime();
    assertThatThrownBy(() -> impatient.again(input(), lost, since)).isSameAs(lost);
  }

  @Test
  void handle_whatIsNoEventForThisParty_isPoison() {
    Intake intake = intake(event -> {}, SOON);
    String key = session.id().toString();

    intake.handle(record("inputs", key, Map.of()));
    intake.handle(record("inputs", key, headers("io.maskwire.unknown.v1")));
    intake.handle(record("to-party0", key, headers(EventType.INPUT_UPLOADED)));
    intake.handle(record("inputs", "another key", headers(EventType.INPUT_UPLOADED)));
    intake.handle(record("to-party1", key, headers(EventType.ROUND_SENT)));
    intake.handle(
        new InboundRecord(
            "inputs",
            key,
            headers(EventType.INPUT_UPLOADED),
            "{".getBytes(StandardCharsets.UTF_8)));

    assertThat(reported).hasSize(6).containsOnly("poison");
  }

  @Test
  void handle_otherInput_isReportedAsRefused() {
    Intake intake = intake(event -> {}, SOON);
    intake.handle(input());
    world.upload(session, session.mask(network.randomInput()));

    intake.handle(input());

    assertThat(reported).containsExactly("sent 1", "refused other-input");
  }
}
