package io.maskwire.gateway.session;

import static io.maskwire.gateway.session.TestGateway.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import io.maskwire.gateway.MutableClock;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.session.SessionStates.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final byte[] FIRST = {1, 2, 3};
  private static final byte[] SECOND = {4, 5};

  @TempDir Path folder;
  private final RecordedEvents events = new RecordedEvents();
  private TestGateway gateway;
  private SessionRecord record;

  @BeforeEach
  void open() {
    gateway = new TestGateway(folder, new MutableClock(), events);
    record = gateway.open(1);
  }

  private void acceptBoth(TestGateway instance) {
    instance.results.accept(record.session(), Role.PARTY_0, FIRST);
    instance.results.accept(record.session(), Role.PARTY_1, SECOND);
  }

  private void assertShares(TestGateway instance) {
    assertThat(instance.results.shares(record.session()))
        .get()
        .satisfies(
            shares -> {
              assertThat(shares.party0()).isEqualTo(FIRST);
              assertThat(shares.party1()).isEqualTo(SECOND);
            });
  }

  @Test
  void accept_oneShare_isNoResult() throws IOException {
    gateway.upload(record, TestGateway.sealed(1));
    gateway.results.accept(record.session(), Role.PARTY_1, SECOND);
    assertThat(gateway.results.shares(record.session())).isEmpty();
    assertThat(gateway.states.state(record)).isEqualTo(State.RUNNING);
    assertThat(events.ended).isEmpty();
  }

  @Test
  void accept_bothShares_endTheSessionOnce() throws IOException {
    gateway.upload(record, TestGateway.sealed(1));
    acceptBoth(gateway);
    assertShares(gateway);
    assertShares(TestGateway.beside(gateway, folder));
    assertThat(gateway.states.state(record)).isEqualTo(State.COMPLETED);
    assertThat(events.ended)
        .singleElement()
        .isEqualTo(new SessionEnded(record.session(), record.name(), Outcome.COMPLETED));
    assertThat(gateway.meters.get("maskwire.session").timer().count()).isEqualTo(1);
    assertThat(gateway.meters.get("maskwire.sessions.completed").counter().count()).isEqualTo(1);
  }

  @Test
  void accept_duplicatesOnAnyInstance_changeNothing() {
    acceptBoth(gateway);
    TestGateway other = TestGateway.beside(gateway, folder);
    other.results.accept(record.session(), Role.PARTY_0, new byte[] {9});
    gateway.results.accept(record.session(), Role.PARTY_1, new byte[] {9});
    assertShares(gateway);
    assertShares(other);
    assertThat(events.ended).hasSize(1);
  }

  @Test
  void accept_brokerAwayAtTheEnd_isToldWhenTheShareComesAgain() {
    gateway.results.accept(record.session(), Role.PARTY_0, FIRST);
    events.away = true;
    assertThatThrownBy(() -> gateway.results.accept(record.session(), Role.PARTY_1, SECOND))
        .isInstanceOf(ProblemException.class);
    events.away = false;
    TestGateway restarted = TestGateway.beside(gateway, folder);
    restarted.results.accept(record.session(), Role.PARTY_1, SECOND);
    assertThat(events.ended).hasSize(1);
    assertShares(restarted);
  }

  @Test
  void acceptClaim_largeShares_areCopiedAndDeleted() {
    String reference = record.session() + "/3";
    gateway.claims.create(reference, FIRST);
    gateway.resultBlobs.create(reference, SECOND);
    gateway.results.acceptClaim(record.session(), Role.PARTY_0, reference);
    gateway.results.acceptClaim(record.session(), Role.PARTY_1, reference);
    assertShares(TestGateway.beside(gateway, folder));
    assertThat(gateway.claims.list("")).isEmpty();
    assertThat(gateway.resultBlobs.read(reference)).isEmpty();
    gateway.results.acceptClaim(record.session(), Role.PARTY_0, reference);
    assertThat(events.ended).hasSize(1);
  }

  @Test
  void acceptClaim_blobOfAnotherSession_isRefused() {
    String reference = session(2) + "/3";
    gateway.claims.create(reference, FIRST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gateway.results.acceptClaim(record.session(), Role.PARTY_0, reference));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                gateway.results.acceptClaim(
                    record.session(), Role.PARTY_0, record.session() + "/../" + reference));
    assertThat(gateway.claims.read(reference)).isPresent();
  }

  @Test
  void accept_unknownSession_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gateway.results.accept(session(2), Role.PARTY_0, FIRST));
    assertThat(gateway.resultBlobs.list("")).isEmpty();
  }

  @Test
  void fail_runningSession_endsItOnceForEverybody() throws IOException {
    gateway.upload(record, TestGateway.sealed(1));
    List<Outcome> heard = new ArrayList<>();
    gateway.progress.subscribe(record.session(), new Heard(new ArrayList<>(), heard));

    gateway.results.fail(record.session());
    gateway.results.fail(record.session());

    assertThat(events.ended)
        .containsExactly(new SessionEnded(record.session(), record.name(), Outcome.FAILED));
    assertThat(heard).containsExactly(Outcome.FAILED);
    assertThat(TestGateway.beside(gateway, folder).states.state(record)).isEqualTo(State.FAILED);
    assertThat(gateway.meters.get("maskwire.sessions.failed").counter().count()).isEqualTo(1);
  }

  @Test
  void fail_completeSession_staysComplete() throws IOException {
    gateway.upload(record, TestGateway.sealed(1));
    acceptBoth(gateway);

    gateway.results.fail(record.session());

    assertThat(events.ended).extracting(SessionEnded::outcome).containsExactly(Outcome.COMPLETED);
    assertThat(gateway.states.state(record)).isEqualTo(State.COMPLETED);
  }

  @Test
  void fail_unknownSession_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> gateway.results.fail(session(9)));
  }
}
