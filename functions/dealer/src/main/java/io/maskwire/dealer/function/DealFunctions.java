package io.maskwire.dealer.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.dealer.DealerEvents;
import io.maskwire.dealer.StockReport;
import io.maskwire.exchange.event.EventType;
import io.maskwire.exchange.event.ModelPublished;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import java.nio.charset.StandardCharsets;

/** The dealer's control plane: functions over HTTP, and for events that come that way. */
public class DealFunctions {
  private final DealerEvents events;
  private final StockReport report;

  DealFunctions(DealerEvents events, StockReport report) {
    this.events = events;
    this.report = report;
  }

  /** Fills the stock of a published version, in the background; answers with the stock as it is. */
  @Funq("deal")
  @CloudEventMapping(
      trigger = EventType.MODEL_PUBLISHED,
      responseSource = "/maskwire/dealer",
      responseType = "io.maskwire.stock.reported.v1")
  public JsonNode deal(JsonNode published) {
    events.published(
        ModelPublished.fromJson(published.toString().getBytes(StandardCharsets.UTF_8)));
    return status();
  }

  /** The stock of each version. */
  @Funq("status")
  public JsonNode status() {
    return report.write().tree();
  }
}
