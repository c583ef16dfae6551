package io.maskwire.gateway.session;

import static io.maskwire.gateway.session.TestGateway.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.crypto.protocol.Role;
import io.maskwire.gateway.MutableClock;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import io.maskwire.gateway.session.SessionStates.State;
import io.maskwire.operations.AuditEntry;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputUploadsTest {
  @TempDir Path folder;
  private final RecordedEvents events = new RecordedEvents();
  private TestGateway gateway;
  private SessionRecord record;

  @BeforeEach
  void open() {
    gateway = new TestGateway(folder, new MutableClock(), events);
    record = gateway.open(1);
  }

  private static void assertProblem(ThrowingCallable action, Problem problem) {
    assertThatThrownBy(action)
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .extracting(ProblemException::problem)
        .isEqualTo(problem);
  }

  /** Does {@code action} when it is read. */
  private static InputStream onRead(ThrowingCallable action) {
    return new FilterInputStream(InputStream.nullInputStream()) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          action.call();
        } catch (IOException | RuntimeException | Error e) {
          throw e;
        } catch (Throwable e) {
          throw new AssertionError(e);
        }
        return -1;
      }
    };
  }

  private static InputStream unreadable() {
    return onRead(
        () -> {
          throw new AssertionError("was read");
        });
  }

  @Test
  void accept_first_storesAndTells() throws IOException {
    assertThat(gateway.states.state(record)).isEqualTo(State.OPENED);
    gateway.upload(record, sealed(1));
    assertThat(gateway.inputs.read(record.session().toString())).contains(sealed(1));
    assertThat(events.uploaded)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.session()).isEqualTo(record.session());
              assertThat(event.resultKey()).isEqualTo(record.resultKey());
            });
    assertThat(gateway.states.state(record)).isEqualTo(State.RUNNING);
  }

  @Test
  void accept_sameBytesAgain_tellsAgain() throws IOException {
    gateway.upload(record, sealed(1));
    TestGateway.beside(gateway, folder).upload(record, sealed(1));
    assertThat(events.uploaded).hasSize(2);
  }

  @Test
  void accept_brokerAwayAfterStoring_isMadeUpForByTheNext() throws IOException {
    events.away = true;
    assertProblem(() -> gateway.upload(record, sealed(1)), Problem.UNAVAILABLE);
    events.away = false;
    gateway.upload(record, sealed(1));
    assertThat(events.uploaded).hasSize(1);
  }

  @Test
  void accept_sameBytesAfterCompletion_tellsNobody() throws IOException {
    gateway.upload(record, sealed(1));
    gateway.results.accept(record.session(), Role.PARTY_0, new byte[] {0});
    gateway.results.accept(record.session(), Role.PARTY_1, new byte[] {1});
    gateway.upload(record, sealed(1));
    assertThat(events.uploaded).hasSize(1);
  }

  @Test
  void accept_otherBytes_areRefusedAuditedAndChangeNothing() throws IOException {
    gateway.upload(record, sealed(1));
    assertProblem(() -> gateway.upload(record, sealed(2)), Problem.OTHER_INPUT);
    assertThat(gateway.inputs.read(record.session().toString())).contains(sealed(1));
    assertThat(events.uploaded).hasSize(1);
    assertThat(gateway.refusals)
        .singleElement()
        .extracting(AuditEntry::reason, AuditEntry::session)
        .containsExactly("other-input", record.session().toString());
  }

  @Test
  void accept_longerThanSaid_isTooLarge() {
    byte[] longer = Arrays.copyOf(sealed(1), TestGateway.INPUT_BYTES + 1);
    assertProblem(
        () -> gateway.uploads.accept(record, -1, new ByteArrayInputStream(longer)),
        Problem.TOO_LARGE);
    assertThat(gateway.inputs.list("")).isEmpty();
  }

  @Test
  void accept_saidToBeTooLong_isRefusedUnread() {
    assertProblem(
        () -> gateway.uploads.accept(record, TestGateway.INPUT_BYTES + 1, unreadable()),
        Problem.TOO_LARGE);
  }

  @Test
  void accept_tooShortOrNotSealed_isMalformed() {
    assertProblem(() -> gateway.upload(record, Arrays.copyOf(sealed(1), 10)), Problem.MALFORMED);
    assertProblem(
        () -> gateway.upload(record, new byte[TestGateway.INPUT_BYTES]), Problem.MALFORMED);
    assertThat(gateway.inputs.list("")).isEmpty();
  }

  @Test
  void accept_expiredSession_isEndedUnread() {
    gateway.clock.advance(Duration.ofMinutes(10));
    assertProblem(() -> gateway.uploads.accept(record, -1, unreadable()), Problem.ENDED);
  }

  @Test
  void accept_moreUploadsThanSlots_isBusy() throws IOException {
    InputStream third = unreadable();
    InputStream second = onRead(() -> gateway.uploads.accept(record, -1, third));
    InputStream first = onRead(() -> gateway.uploads.accept(record, -1, second));
    assertProblem(() -> gateway.uploads.accept(record, -1, first), Problem.BUSY);
    gateway.upload(record, sealed(1));
    assertThat(events.uploaded).hasSize(1);
  }
}
