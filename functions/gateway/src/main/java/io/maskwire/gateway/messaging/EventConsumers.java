package io.maskwire.gateway.messaging;

import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.KeysReady;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.event.SessionEnded;
import io.maskwire.exchange.event.SessionOpened;
import io.maskwire.exchange.event.Topic;
import io.maskwire.gateway.model.ModelCatalogue;
import io.maskwire.gateway.session.GatewayMetrics;
import io.maskwire.gateway.session.Progress;
import io.maskwire.gateway.session.ReadyKeys;
import io.maskwire.gateway.session.Results;
import io.maskwire.operations.Patience;
import io.maskwire.operations.StoreReadiness;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * What the gateway hears. Everything is acknowledged after it was handled; see {@link Delivery} for
 * what happens to the rest.
 */
@Singleton
public class EventConsumers {
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final ModelCatalogue catalogue;
  private final ReadyKeys keys;
  private final Results results;
  private final Progress progress;
  private final GatewayMetrics metrics;
  private final Delivery delivery;

  EventConsumers(
      ModelCatalogue catalogue,
      ReadyKeys keys,
      Results results,
      Progress progress,
      GatewayMetrics metrics,
      @Readiness StoreReadiness store) {
    this.catalogue = catalogue;
    this.keys = keys;
    this.results = results;
    this.progress = progress;
    this.metrics = metrics;
    delivery = new Delivery(new Patience(store::answers, FIRST_WAIT, LONGEST));
  }

  /** Every instance hears of every model, from the first on. */
  @Incoming("models")
  Uni<Void> onModel(Message<byte[]> message) {
    return delivery.handle(
        message,
        event -> {
          switch (event.type()) {
            case EventType.MODEL_PUBLISHED ->
                catalogue.add(ModelPublished.fromJson(event.data()).name());
            case EventType.MODEL_RETIRED ->
                catalogue.retire(ModelRetired.fromJson(event.data()).name());
            default -> throw unknown(event);
          }
        });
  }

  /**
   * One instance hears of a key set, the others find it in the store; one instance stores a result
   * share.
   */
  @Incoming("work")
  Uni<Void> onWork(Message<byte[]> message) {
    return delivery.handle(
        message,
        event -> {
          if (event.isOn(Topic.KEYS_READY)) {
            event.requireType(EventType.KEYS_READY);
            keys.add(KeysReady.fromJson(event.data()));
          } else {
            onResult(event);
          }
        });
  }

  private void onResult(ReceivedEvent event) {
    switch (event.type()) {
      case EventType.RESULT_SHARED -> accept(event);
      case EventType.SESSION_FAILED -> results.fail(event.session());
      default -> throw unknown(event);
    }
  }

  private void accept(ReceivedEvent event) {
    event
        .reference()
        .ifPresentOrElse(
            blob -> results.acceptClaim(event.session(), event.party(), blob),
            () -> results.accept(event.session(), event.party(), event.data()));
  }

  /** Every instance hears how far sessions are: headers of party 0's rounds, openings and ends. */
  @Incoming("events")
  Uni<Void> onProgress(Message<byte[]> message) {
    return delivery.handle(
        message,
        event -> {
          if (event.isOn(Topic.TO_PARTY1)) {
            event.requireType(EventType.ROUND_SENT);
            progress.sent(event.session(), event.round() + 1);
          } else {
            onSession(event);
          }
        });
  }

  private void onSession(ReceivedEvent event) {
    switch (event.type()) {
      case EventType.SESSION_OPENED -> opened(SessionOpened.fromJson(event.data()));
      case EventType.SESSION_ENDED -> ended(SessionEnded.fromJson(event.data()));
      default -> throw unknown(event);
    }
  }

  private static IllegalArgumentException unknown(ReceivedEvent event) {
    return new IllegalArgumentException("an event of unknown type " + event.type());
  }

  private void opened(SessionOpened event) {
    keys.drop(event.session());
  }

  private void ended(SessionEnded event) {
    progress.ended(event.session(), event.outcome());
    if (event.outcome() == SessionEnded.Outcome.COMPLETED) {
      metrics.shared(event.session());
    }
  }
}
