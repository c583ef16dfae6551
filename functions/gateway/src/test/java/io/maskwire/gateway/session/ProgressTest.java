package io.maskwire.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final SessionId SESSION = TestGateway.session(1);

  private final Progress progress = new Progress();
  private final Heard heard = new Heard(new ArrayList<>(), new ArrayList<>());

  @Test
  void sent_redeliveredRounds_areToldInOrderOnce() {
    progress.subscribe(SESSION, heard);
    progress.sent(SESSION, 1);
    progress.sent(SESSION, 2);
    progress.sent(SESSION, 1);
    progress.sent(SESSION, 2);
    progress.sent(SESSION, 3);
    assertThat(heard.rounds()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void ended_nothingFollows() {
    progress.subscribe(SESSION, heard);
    progress.ended(SESSION, Outcome.COMPLETED);
    progress.ended(SESSION, Outcome.EXPIRED);
    progress.sent(SESSION, 1);
    progress.heartbeat();
    assertThat(heard.rounds()).containsExactly(0);
    assertThat(heard.outcomes()).containsExactly(Outcome.COMPLETED);
    assertThat(progress.listening()).isZero();
  }

  @Test
  void subscribe_inBetween_tellsTheRoundFirst() {
    progress.sent(SESSION, 4);
    progress.subscribe(SESSION, heard);
    progress.sent(SESSION, 5);
    assertThat(heard.rounds()).containsExactly(4, 5);
  }

  @Test
  void subscribe_afterTheEnd_tellsTheEnd() {
    progress.ended(SESSION, Outcome.EXPIRED);
    progress.subscribe(SESSION, heard);
    assertThat(heard.outcomes()).containsExactly(Outcome.EXPIRED);
  }

  @Test
  void close_nothingIsToldAnyMore() {
    progress.subscribe(SESSION, heard).close();
    progress.sent(SESSION, 1);
    assertThat(heard.rounds()).containsExactly(0);
    assertThat(progress.listening()).isZero();
  }

  @Test
  void heartbeat_reachesWhoListens() {
    progress.subscribe(SESSION, heard);
    progress.heartbeat();
    assertThat(heard.rounds()).containsExactly(0, -1);
  }
}
