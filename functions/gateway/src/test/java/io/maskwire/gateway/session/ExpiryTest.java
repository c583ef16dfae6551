package io.maskwire.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import io.maskwire.gateway.MutableClock;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.session.SessionStates.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
  @TempDir Path folder;
  private final MutableClock clock = new MutableClock();
  private final RecordedEvents events = new RecordedEvents();
  private TestGateway gateway;
  private SessionRecord record;

  @BeforeEach
  void open() throws IOException {
    gateway = new TestGateway(folder, clock, events);
    record = gateway.open(1);
    gateway.upload(record, TestGateway.sealed(1));
  }

  @Test
  void sweep_beforeExpiry_doesNothing() {
    clock.advance(Duration.ofMinutes(9));
    gateway.expiry.sweep();
    assertThat(events.ended).isEmpty();
  }

  @Test
  void sweep_expiredOnTwoInstances_tellsOnce() {
    List<Outcome> heard = new ArrayList<>();
    gateway.progress.subscribe(record.session(), new Heard(new ArrayList<>(), heard));
    clock.advance(Duration.ofMinutes(10));
    TestGateway other = TestGateway.beside(gateway, folder);
    gateway.expiry.sweep();
    other.expiry.sweep();
    gateway.expiry.sweep();
    assertThat(events.ended)
        .containsExactly(new SessionEnded(record.session(), record.name(), Outcome.EXPIRED));
    assertThat(heard).containsExactly(Outcome.EXPIRED);
    assertThat(other.states.state(record)).isEqualTo(State.EXPIRED);
    assertThat(gateway.meters.get("maskwire.sessions.expired").counter().count()).isEqualTo(1);
  }

  @Test
  void sweep_completedSession_isNotExpired() {
    gateway.results.accept(record.session(), Role.PARTY_0, new byte[] {0});
    gateway.results.accept(record.session(), Role.PARTY_1, new byte[] {1});
    clock.advance(Duration.ofMinutes(30));
    gateway.expiry.sweep();
    assertThat(events.ended).extracting(SessionEnded::outcome).containsExactly(Outcome.COMPLETED);
    assertThat(gateway.states.state(record)).isEqualTo(State.COMPLETED);
  }

  @Test
  void sweep_brokerAwayWhenItExpired_isMadeUpForAfterRestart() {
    clock.advance(Duration.ofMinutes(10));
    events.away = true;
    assertThatThrownBy(gateway.expiry::sweep).isInstanceOf(ProblemException.class);
    events.away = false;
    TestGateway restarted = TestGateway.beside(gateway, folder);
    restarted.expiry.sweep();
    assertThat(events.ended).hasSize(1);
    restarted.expiry.sweep();
    assertThat(events.ended).hasSize(1);
  }

  @Test
  void sweep_afterRetention_erasesOnceTheKeysAreGone() {
    clock.advance(Duration.ofMinutes(10));
    gateway.expiry.sweep();
    clock.advance(Duration.ofHours(2));
    gateway.expiry.sweep();
    assertThat(gateway.registry.find(record.session())).isPresent();
    gateway.keys.delete(record.name().blob(record.session() + ".bin"));
    gateway.expiry.sweep();
    assertThat(gateway.sessions.list("")).isEmpty();
    assertThat(gateway.inputs.list("")).isEmpty();
    assertThat(gateway.registry.find(record.session())).isEmpty();
    assertThat(events.ended).hasSize(1);
  }

  @Test
  void sweep_erasureCutShort_isFinished() {
    clock.advance(Duration.ofMinutes(10));
    gateway.expiry.sweep();
    gateway.sessions.delete(SessionBlobs.record(record.session()));
    TestGateway.beside(gateway, folder).expiry.sweep();
    assertThat(gateway.sessions.list("")).isEmpty();
    assertThat(events.ended).hasSize(1);
  }

  @Test
  void sweep_recordsOfOthersAreDamaged_endsThisOne() {
    for (int i = 2; i < 40; i++) {
      gateway.sessions.create(SessionBlobs.record(TestGateway.session(i)), new byte[] {1});
    }
    gateway.sessions.create("none-of-ours/" + SessionBlobs.RECORD, new byte[] {1});
    clock.advance(Duration.ofMinutes(10));

    assertThatThrownBy(gateway.expiry::sweep)
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(first -> assertThat(first.getSuppressed()).hasSize(37));

    assertThat(events.ended).extracting(SessionEnded::session).containsExactly(record.session());
  }
}
