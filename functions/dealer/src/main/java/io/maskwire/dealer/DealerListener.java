package io.maskwire.dealer;

import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.ModelVersionName;
import java.time.Duration;

/** Hears what the dealer does: for metrics, logs and audits. Gets no secret. */
public interface DealerListener {
  /** A session was dealt and announced. */
  void dealt(ModelVersionName name, SessionId session, Duration took);

  /** Free sessions of a version, whenever they are counted. */
  void level(ModelVersionName name, int free);

  /** The stock is not refilled further: the limit of bytes is reached. */
  void full(ModelVersionName name, long commonBytes);

  /** Refilling failed; it is tried again later. */
  void failed(RuntimeException cause);
}
