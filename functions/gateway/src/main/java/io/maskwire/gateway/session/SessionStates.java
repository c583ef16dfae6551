package io.maskwire.gateway.session;

import io.maskwire.exchange.event.SessionEnded.Outcome;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import java.time.Clock;

/** Where a session is, from its blobs alone, so that any instance can tell. */
public final class SessionStates {
  private final BlobContainer inputs;
  private final Results results;
  private final SessionEndings endings;
  private final Clock clock;

  /** How far a session is. */
  public enum State {
    /** It has keys, and waits for its input. */
    OPENED,
    /** It has its input. */
    RUNNING,
    /** Both result shares are there. */
    COMPLETED,
    /** It was not finished in time. */
    EXPIRED,
    /** A party cannot go on with it. */
    FAILED
  }

  /** States of the sessions whose inputs are in {@code inputs}. */
  public SessionStates(BlobContainer inputs, Results results, SessionEndings endings, Clock clock) {
    this.inputs = inputs;
    this.results = results;
    this.endings = endings;
    this.clock = clock;
  }

  /**
   * The same session, if it is not over for its user.
   *
   * @throws ProblemException if it has expired
   */
  public SessionRecord requireOpen(SessionRecord record) {
    if (record.isExpired(clock.instant())) {
      throw new ProblemException(Problem.ENDED, "the session has expired; open another one");
    }
    return record;
  }

  private static State ended(Outcome outcome) {
    return switch (outcome) {
      case COMPLETED -> State.COMPLETED;
      case EXPIRED -> State.EXPIRED;
      case FAILED -> State.FAILED;
    };
  }

  /** Where {@code record}'s session is. */
  public State state(SessionRecord record) {
    if (record.isExpired(clock.instant())) {
      return endings.outcome(record.session()).map(SessionStates::ended).orElse(State.EXPIRED);
    }
    if (results.isComplete(record.session())) {
      return State.COMPLETED;
    }
    if (endings.outcome(record.session()).filter(Outcome.FAILED::equals).isPresent()) {
      return State.FAILED;
    }
    return inputs.length(SessionBlobs.input(record.session())).isPresent()
        ? State.RUNNING
        : State.OPENED;
  }
}
