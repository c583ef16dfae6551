package io.maskwire.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maskwire.exchange.store.StoreException;
import io.maskwire.exchange.store.StoreException.Reason;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration LONG = Duration.ofHours(1);

  private int attempts;

  private static Patience patience(BooleanSupplier storeAnswers, Duration longest) {
    return new Patience(storeAnswers, Duration.ZERO, longest);
  }

  /** Work that fails for {@code failures} attempts. */
  private Runnable failing(RuntimeException failure, int failures) {
    return () -> {
      if (attempts++ < failures) {
        throw failure;
      }
    };
  }

  private static StoreException failure(Reason reason) {
    return new StoreException(reason, "of a test", new IllegalStateException());
  }

  @Test
  void run_storeRefusesForGood_failsAtOnce() {
    for (Reason reason : new Reason[] {Reason.DENIED, Reason.FAILED}) {
      attempts = 0;
      StoreException failure = failure(reason);

      assertThatThrownBy(() -> patience(() -> true, LONG).run(failing(failure, 9)))
          .isSameAs(failure);

      assertThat(attempts).isEqualTo(1);
    }
  }

  @Test
  void run_bug_failsAtOnce() {
    assertThatThrownBy(() -> patience(() -> true, LONG).run(failing(new NullPointerException(), 9)))
        .isInstanceOf(NullPointerException.class);
    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void run_storeIsBusyForAWhile_isDone() {
    patience(() -> true, LONG).run(failing(failure(Reason.UNAVAILABLE), 5));

    assertThat(attempts).isEqualTo(6);
  }

  @Test
  void run_storeIsBusyForLongAndAnswersOthers_fails() {
    assertThatThrownBy(
            () ->
                patience(() -> true, Duration.ZERO).run(failing(failure(Reason.UNAVAILABLE), 1000)))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void run_storeIsAwayForLong_isDoneWhenItIsBack() {
    assertThatCode(
            () ->
                patience(() -> false, Duration.ZERO).run(failing(failure(Reason.UNAVAILABLE), 20)))
        .doesNotThrowAnyException();
    assertThat(attempts).isEqualTo(21);
  }

  @Test
  void run_brokerIsAwayForLong_isDoneWhenItIsBack() {
    patience(() -> true, Duration.ZERO)
        .run(
            failing(new IllegalStateException("broker"), 20),
            failure -> failure instanceof IllegalStateException);

    assertThat(attempts).isEqualTo(21);
  }
}
