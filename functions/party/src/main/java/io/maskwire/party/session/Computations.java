package io.maskwire.party.session;

import io.maskwire.crypto.execution.PartyModel;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.party.keys.KeyStore;
import io.maskwire.party.model.ModelCache;
import java.util.concurrent.Semaphore;

/** Makes {@link Computation}s from models and keys. Thread safe. */
public final class Computations {
  private final ModelCache models;
  private final KeyStore keys;
  private final Semaphore preparing;

  /**
   * Over {@code models} and {@code keys}.
   *
   * @param preparations that run at a time, so that rounds of other sessions find a free core
   */
  public Computations(ModelCache models, KeyStore keys, int preparations) {
    this.models = models;
    this.keys = keys;
    preparing = new Semaphore(preparations, true);
  }

  /** A computation that has not begun. */
  Computation open(ModelVersionName name, SessionId session) {
    PartyModel model = models.get(name);
    return new Computation(model, keys.open(model, name, session));
  }

  /** Prepares {@code computation} when its turn comes. */
  void prepare(Computation computation) {
    preparing.acquireUninterruptibly();
    try {
      computation.prepare();
    } finally {
      preparing.release();
    }
  }

  boolean hasKeys(ModelVersionName name, SessionId session) {
    return keys.has(name, session);
  }

  /** Erases the party's own keys of a session whose log does not say of which model it is. */
  void eraseWherever(ModelVersionName said, SessionId session) {
    keys.eraseWherever(said, session);
  }

  /** Erases the party's own keys of a session. */
  void erase(ModelVersionName name, SessionId session) {
    keys.erase(name, session);
  }
}
