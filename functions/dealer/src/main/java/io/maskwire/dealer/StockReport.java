package io.maskwire.dealer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import java.util.List;

/** The stock in numbers, for people and dashboards. */
public final class StockReport {
  private final PublishedModels models;
  private final KeyStock stock;

  /** Reports the stock of all that {@code models} publishes. */
  public StockReport(PublishedModels models, KeyStock stock) {
    this.models = models;
    this.stock = stock;
  }

  /** Free and bound sessions of each version, the newest version first. */
  public JsonObject write() {
    JsonObject report = JsonObject.create();
    report.put("commonBytes", stock.commonBytes());
    ArrayNode versions = report.tree().putArray("versions");
    for (ModelVersionName name : models.versions()) {
      List<StockEntry> entries = stock.entries(name);
      long bound = entries.stream().filter(StockReport::isInUse).count();
      versions.add(
          JsonObject.create()
              .put(name)
              .put("free", stock.free(name).size())
              .put("bound", bound)
              .tree());
    }
    return report;
  }

  private static boolean isInUse(StockEntry entry) {
    return entry.bound().isPresent() && entry.dealt().isPresent();
  }
}
