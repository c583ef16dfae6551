package io.maskwire.party.session;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.InputUploaded;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import java.util.Optional;

/** What a party is told. */
public sealed interface SessionEvent {
  /** Which session it is about. */
  SessionId session();

  /** Which model it names; what the session's log says counts for more. */
  ModelVersionName name();

  /** A session's record is closed: its keys are erased, whatever was missing. */
  record Ended(SessionEnded event) implements SessionEvent {
    @Override
    public SessionId session() {
      return event.session();
    }

    @Override
    public ModelVersionName name() {
      return event.name();
    }
  }

  /** The session's masked input is there. */
  record Input(InputUploaded event) implements SessionEvent {
    @Override
    public SessionId session() {
      return event.session();
    }

    @Override
    public ModelVersionName name() {
      return event.name();
    }
  }

  /** A session may come to life. */
  record Opened(SessionOpened event) implements SessionEvent {
    @Override
    public SessionId session() {
      return event.session();
    }

    @Override
    public ModelVersionName name() {
      return event.name();
    }
  }

  /**
   * A message of the other party.
   *
   * @param session which session
   * @param name of which model, where its keys are
   * @param round from 0
   * @param sealed for this party; empty if it is in blob storage
   * @param reference the blob, if it is there
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record PeerMessage(
      SessionId session,
      ModelVersionName name,
      int round,
      byte[] sealed,
      Optional<String> reference)
      implements SessionEvent {}
}
