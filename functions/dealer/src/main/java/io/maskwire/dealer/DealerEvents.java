package io.maskwire.dealer;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;

/** What the dealer does about events. Each may come again, and does no harm. */
public final class DealerEvents {
  private final DealtVersions versions;
  private final KeyStock stock;
  private final Refill refill;

  /** Events for {@code stock}. */
  public DealerEvents(DealtVersions versions, KeyStock stock, Refill refill) {
    this.versions = versions;
    this.stock = stock;
    this.refill = refill;
  }

  /**
   * Takes an event; returns when what it says is stored. Dealing goes on in the background.
   *
   * @throws IllegalArgumentException if it is none that the dealer reads, or damaged
   * @throws Refusal if it is of a version that cannot be dealt
   */
  public void handle(String type, byte[] data) {
    switch (type) {
      case EventType.MODEL_PUBLISHED -> published(ModelPublished.fromJson(data));
      case EventType.MODEL_RETIRED -> refill.retired(ModelRetired.fromJson(data).name());
      case EventType.SESSION_OPENED -> {
        SessionOpened event = SessionOpened.fromJson(data);
        ModelVersionName name = stock.versionOf(event.session(), event.name());
        stock.bind(name, event.session(), event.expires());
        refill.used(name);
      }
      case EventType.SESSION_ENDED -> {
        SessionEnded event = SessionEnded.fromJson(data);
        ModelVersionName name = stock.versionOf(event.session(), event.name());
        stock.end(name, event.session());
        refill.requestSoon(name);
      }
      default -> throw new IllegalArgumentException("the dealer reads no events " + type);
    }
  }

  /** Checks that the version can be dealt, and looks at its stock soon. */
  public void published(ModelPublished event) {
    versions.check(event.name());
    refill.request(event.name());
  }
}
