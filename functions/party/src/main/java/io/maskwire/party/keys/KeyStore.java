package io.maskwire.party.keys;

import io.maskwire.crypto.execution.PartyKeys;
import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;

/** The containers of a party's own keys and of the common ones. Thread safe. */
public final class KeyStore {
  private final BlobContainer own;
  private final BlobContainer common;
  private final ReadAhead readAhead;

  /** The containers {@code own} and {@code common}. */
  public KeyStore(BlobContainer own, BlobContainer common, ReadAhead readAhead) {
    this.own = own;
    this.common = common;
    this.readAhead = readAhead;
  }

  private static String blob(ModelVersionName name, SessionId session) {
    return name.blob(session + ".bin");
  }

  /** True if the session's keys are here and not erased. */
  public boolean has(ModelVersionName name, SessionId session) {
    return own.length(blob(name, session)).isPresent();
  }

  /**
   * Opens a session's keys.
   *
   * @throws io.maskwire.party.blob.MissingBlobException if they were never dealt, or are erased
   * @throws ProtocolException if they are of another session or program, or damaged
   */
  public OpenKeys open(PartyModel model, ModelVersionName name, SessionId session) {
    boolean first = model.role() == Role.PARTY_0;
    long ownBytes = first ? model.plan().party0Bytes() : model.plan().party1Bytes();
    String blob = blob(name, session);
    BlobKeySource ownSource = new BlobKeySource(own, blob, ownBytes, readAhead);
    BlobKeySource commonSource =
        new BlobKeySource(common, blob, model.plan().commonBytes(), readAhead);
    boolean opened = false;
    try {
      OpenKeys keys =
          new OpenKeys(new PartyKeys(model, commonSource, ownSource), commonSource, ownSource);
      requireSession(keys.keys().session(), session);
      opened = true;
      return keys;
    } finally {
      if (!opened) {
        ownSource.close();
        commonSource.close();
      }
    }
  }

  /** A blob under another session's name would let its keys serve twice. */
  private static void requireSession(SessionId found, SessionId expected) {
    if (!found.equals(expected)) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION,
          "the keys that are named %s are of session %s".formatted(expected, found));
    }
  }

  /**
   * Erases the party's own keys of a session under the name that somebody {@code said}, or whatever
   * name they have: the session is over, and its id names it.
   */
  public void eraseWherever(ModelVersionName said, SessionId session) {
    if (!own.delete(blob(said, session))) {
      String file = "/" + session + ".bin";
      own.list("").stream()
          .map(BlobEntry::name)
          .filter(name -> name.endsWith(file))
          .forEach(own::delete);
    }
  }

  /** Erases the party's own keys of a session; without them nothing more is computed in it. */
  public void erase(ModelVersionName name, SessionId session) {
    own.delete(blob(name, session));
  }
}
