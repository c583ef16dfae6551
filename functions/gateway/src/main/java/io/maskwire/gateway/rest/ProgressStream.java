package io.maskwire.gateway.rest;

import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.SessionEnded.Outcome;
import io.maskwire.gateway.session.Progress;
import io.maskwire.gateway.session.Results;
import io.maskwire.gateway.session.SessionRecord;
import io.maskwire.gateway.session.SessionServices;
import io.maskwire.gateway.session.SessionStates.State;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Progress as server-sent events. A connection that does not read buffers at most what its session
 * has: a round is told once, and heartbeats end with the session.
 */
final class ProgressStream {
  private final Progress progress;
  private final Results results;
  private final Sse sse;

  ProgressStream(SessionServices services, Sse sse) {
    progress = services.progress();
    results = services.results();
    this.sse = sse;
  }

  /** The state first, then what follows. */
  Multi<OutboundSseEvent> of(SessionRecord record, State state) {
    return switch (state) {
      case COMPLETED -> Multi.createFrom().item(ended(record, Outcome.COMPLETED));
      case EXPIRED -> Multi.createFrom().item(ended(record, Outcome.EXPIRED));
      case FAILED -> Multi.createFrom().item(ended(record, Outcome.FAILED));
      case OPENED, RUNNING ->
          Multi.createFrom()
              .emitter(
                  emitter -> {
                    Progress.Subscription subscription =
                        progress.subscribe(record.session(), new Emitting(record, emitter));
                    emitter.onTermination(subscription::close);
                  },
                  BackPressureStrategy.BUFFER);
    };
  }

  /** Shares that are at hand go along, which saves the user a request. */
  private OutboundSseEvent ended(SessionRecord record, Outcome outcome) {
    String state = outcome.name().toLowerCase(Locale.ROOT);
    JsonObject data = JsonObject.create().put("state", state);
    if (outcome == Outcome.COMPLETED) {
      results
          .recent(record.session())
          .map(ResultView::of)
          .ifPresent(shares -> data.put("party0", shares.party0()).put("party1", shares.party1()));
    }
    return event(state, data);
  }

  private OutboundSseEvent event(String name, JsonObject data) {
    return sse.newEventBuilder()
        .name(name)
        .data(new String(data.toBytes(), StandardCharsets.UTF_8))
        .build();
  }

  private final class Emitting implements Progress.Listener {
    private final SessionRecord record;
    private final MultiEmitter<? super OutboundSseEvent> emitter;

    Emitting(SessionRecord record, MultiEmitter<? super OutboundSseEvent> emitter) {
      this.record = record;
      this.emitter = emitter;
    }

    @Override
    public void round(int round) {
      emitter.emit(
          event("round", JsonObject.create().put("round", round).put("rounds", record.rounds())));
    }

    @Override
    public void ended(Outcome outcome) {
      emitter.emit(ProgressStream.this.ended(record, outcome));
      emitter.complete();
    }

    @Override
    public void heartbeat() {
      emitter.emit(sse.newEventBuilder().comment("alive").build());
    }
  }
}
