package io.maskwire.dealer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stock in numbers, for people and dashboards. */
public final class StockReport {
  private static final Duration LEVELS_LAST = Duration.ofSeconds(1);

  private final PublishedModels models;
  private final KeyStock stock;
  private final Clock clock;
  private Instant levelsFrom = Instant.MIN;
  private @Nullable JsonObject levels;

  /** Reports the stock of all that {@code models} publishes. */
  public StockReport(PublishedModels models, KeyStock stock, Clock clock) {
    this.models = models;
    this.stock = stock;
    this.clock = clock;
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

  /**
   * How many sessions of each published version are ready, and how many are to be: for anybody. The
   * store is asked at most once in a while, however many ask here.
   */
  public synchronized JsonObject levels() {
    Instant now = clock.instant();
    if (levels == null || levelsFrom.plus(LEVELS_LAST).isBefore(now)) {
      levels = readLevels();
      levelsFrom = now;
    }
    return levels;
  }

  private JsonObject readLevels() {
    Map<ModelVersionName, Integer> free = stock.free();
    JsonObject report = JsonObject.create();
    ArrayNode versions = report.tree().putArray("versions");
    for (ModelVersionName name : models.versions()) {
      versions.add(
          JsonObject.create()
              .put(name)
              .put("ready", free.getOrDefault(name, 0))
              .put("configured", stock.limits().sessions())
              .tree());
    }
    return report;
  }

  private static boolean isInUse(StockEntry entry) {
    return entry.bound().isPresent() && entry.dealt().isPresent();
  }
}
