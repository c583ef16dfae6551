package io.maskwire.gateway.session;

import static io.maskwire.gateway.session.TestGateway.MODEL;
import static io.maskwire.gateway.session.TestGateway.NAME;
import static io.maskwire.gateway.session.TestGateway.RESULT_KEY;
import static io.maskwire.gateway.session.TestGateway.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.gateway.MutableClock;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionRegistryTest {
  @TempDir Path folder;
  private final RecordedEvents events = new RecordedEvents();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = new TestGateway(folder, new MutableClock(), events);
  }

  private static void assertProblem(Runnable action, Problem problem) {
    assertThatThrownBy(action::run)
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .extracting(ProblemException::problem)
        .isEqualTo(problem);
  }

  private static List<SessionRecord> openAll(TestGateway gateway) {
    List<SessionRecord> opened = new ArrayList<>();
    try {
      while (true) {
        opened.add(gateway.registry.open(MODEL, RESULT_KEY));
      }
    } catch (ProblemException e) {
      assertThat(e.problem()).isEqualTo(Problem.STOCK_EMPTY);
      return opened;
    }
  }

  @Test
  void open_manyThreadsOfTwoInstances_bindsEachKeySetOnce() throws Exception {
    int count = 200;
    for (int i = 0; i < count; i++) {
      gateway.addKeys(i);
    }
    TestGateway other = TestGateway.beside(gateway, folder);
    gateway.ready.refresh();
    other.ready.refresh();
    List<Future<List<SessionRecord>>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        TestGateway instance = i % 2 == 0 ? gateway : other;
        all.add(threads.submit(() -> openAll(instance)));
      }
    }
    List<SessionRecord> opened = new ArrayList<>();
    for (Future<List<SessionRecord>> future : all) {
      opened.addAll(future.get());
    }
    assertThat(opened).hasSize(count);
    assertThat(opened).extracting(SessionRecord::session).doesNotHaveDuplicates();
    assertThat(events.opened)
        .extracting(SessionOpened::session)
        .hasSize(count)
        .doesNotHaveDuplicates();
    for (SessionRecord record : opened) {
      assertThat(TestGateway.beside(gateway, folder).registry.find(record.session()))
          .map(SessionRecord::opening)
          .contains(record.opening());
    }
  }

  @Test
  void open_noKeys_isStockEmpty() {
    assertProblem(() -> gateway.registry.open(MODEL, RESULT_KEY), Problem.STOCK_EMPTY);
  }

  @Test
  void open_keysErasedMeanwhile_areNotBound() {
    gateway.ready.add(
        new KeysReady(session(1), NAME, gateway.clock.instant().plus(Duration.ofHours(1))));
    assertProblem(() -> gateway.registry.open(MODEL, RESULT_KEY), Problem.STOCK_EMPTY);
    assertThat(gateway.sessions.list("")).isEmpty();
  }

  @Test
  void open_keyThatIsNoPoint_isMalformedAndTakesNoKeys() {
    gateway.addKeys(1);
    assertProblem(() -> gateway.registry.open(MODEL, new byte[65]), Problem.MALFORMED);
    assertThat(gateway.sessions.list("")).isEmpty();
  }

  @Test
  void open_brokerAway_isUnavailableAndKeysAreNotBoundAgain() {
    gateway.addKeys(1);
    events.away = true;
    assertProblem(() -> gateway.registry.open(MODEL, RESULT_KEY), Problem.UNAVAILABLE);
    events.away = false;
    TestGateway restarted = TestGateway.beside(gateway, folder);
    restarted.ready.refresh();
    assertProblem(() -> restarted.registry.open(MODEL, RESULT_KEY), Problem.STOCK_EMPTY);
  }

  @Test
  void find_afterRestart_hasEveryField() {
    SessionRecord record = gateway.open(1);
    assertThat(TestGateway.beside(gateway, folder).registry.find(record.session()))
        .get()
        .usingRecursiveComparison()
        .isEqualTo(record);
  }

  @Test
  void find_neverOpened_isEmpty() {
    assertThat(gateway.registry.find(session(9))).isEmpty();
  }
}
