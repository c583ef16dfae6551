package io.maskwire.party.session;

import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.StoreException;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Ends sessions that cannot go on, since the store refuses something of theirs for good or a bug
 * shows at them: nothing more is computed in them, by this instance or another. Whatever does not
 * work of that is left to the end of the session, and to the sweeper.
 */
public final class Abandonment {
  private static final System.Logger LOG = System.getLogger(Abandonment.class.getName());
  private static final String NO_SESSION = "answers";

  private final Identity identity;
  private final BlobContainer state;
  private final SessionEngine.Workshop workshop;
  private final Delivery delivery;

  Abandonment(
      Identity identity, BlobContainer state, SessionEngine.Workshop workshop, Delivery delivery) {
    this.identity = identity;
    this.state = state;
    this.workshop = workshop;
    this.delivery = delivery;
  }

  /** False if the store answers nobody: then a failure says nothing about one session. */
  public boolean storeAnswers() {
    try {
      state.length(NO_SESSION);
      return true;
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "the store does not answer", e);
      return false;
    }
  }

  /**
   * True if the log of {@code session} is damaged: no event of it can be handled.
   *
   * @throws StoreException if it cannot be read
   */
  public boolean isDamaged(SessionId session) {
    try {
      SessionLog.load(state, identity.role(), session);
      return false;
    } catch (ProtocolException e) {
      LOG.log(Level.ERROR, "the log of session " + session + " is damaged", e);
      return true;
    }
  }

  /**
   * Ends the session of {@code event} for this party, as far as that works.
   *
   * @return false if something is left to erase
   */
  public boolean abandon(SessionEvent event) {
    return workshop.warm().with(event.session(), session -> abandon(session, event));
  }

  private boolean abandon(ActiveSession session, SessionEvent event) {
    session.forget();
    boolean finished =
        works(
            session,
            () -> {
              SessionLog log = session.log(state, identity.role());
              if (!log.finished()) {
                log.append(List.of(new LogRecord.Finished()));
              }
              delivery.cleanUp(session, log, event.name());
            });
    if (finished) {
      return true;
    }
    session.forget();
    return works(session, () -> workshop.computations().eraseWherever(event.name(), session.id()));
  }

  private static boolean works(ActiveSession session, Runnable action) {
    try {
      action.run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "session " + session.id() + " is not ended in the store", e);
      return false;
    }
  }
}
