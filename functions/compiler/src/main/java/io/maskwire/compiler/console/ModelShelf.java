package io.maskwire.compiler.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.maskwire.compiler.function.OwnerContainers;
import io.maskwire.compiler.function.Problem;
import io.maskwire.compiler.function.PublishedVersions;
import io.maskwire.compiler.function.RefusedException;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.store.BlobContainer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All versions of all models, and the uploads that are none yet or became none. */
public final class ModelShelf {
  private static final String WEIGHTS = "weights.bin";
  private static final int MOST_COSTS = 1_000;

  private final PublishedVersions versions;
  private final BlobContainer weights;
  private final Uploads uploads;
  private final CompileJobs jobs;
  private final Patience patience;

  /** Manifests never change. */
  private final Map<ModelVersionName, ModelEntry.Cost> costs = new ConcurrentHashMap<>();

  /**
   * How long an upload may be without an outcome before it is given up.
   *
   * @param limit of a compilation
   * @param clock that tells
   */
  public record Patience(Duration limit, Clock clock) {}

  /** What is in {@code containers}, and what {@code jobs} works on. */
  public ModelShelf(
      OwnerContainers containers, Uploads uploads, CompileJobs jobs, Patience patience) {
    this.versions = new PublishedVersions(containers.models());
    this.weights = containers.maskedWeights();
    this.uploads = uploads;
    this.jobs = jobs;
    this.patience = patience;
  }

  /** By model, the latest first. */
  List<ModelEntry> all() {
    List<ModelEntry> entries = new ArrayList<>();
    versions.all().forEach(version -> entries.add(entry(version)));
    for (Uploads.Upload upload : uploads.all()) {
      if (upload.outcome() != Uploads.Outcome.PUBLISHED) {
        entries.add(entry(upload));
      }
    }
    entries.sort(
        Comparator.comparing(ModelEntry::model)
            .thenComparing(ModelEntry::time, Comparator.reverseOrder())
            .thenComparing(ModelEntry::version));
    return entries;
  }

  /**
   * The version {@code name}; of an upload that became one, that version.
   *
   * @throws RefusedException if there is neither
   */
  ModelEntry find(ModelVersionName name) {
    // In this order: an upload may become a version between the two looks.
    Optional<Uploads.Upload> upload = uploads.find(name);
    return version(name)
        .map(this::entry)
        .or(() -> upload.map(this::entry))
        .orElseThrow(() -> unknown(name));
  }

  private static RefusedException unknown(ModelVersionName name) {
    return new RefusedException(Problem.UNKNOWN_VERSION, "no version or upload " + name);
  }

  private Optional<PublishedVersions.Version> version(ModelVersionName name) {
    return versions.find(name).or(() -> uploads.version(name).flatMap(versions::find));
  }

  /**
   * The report of a version, or why an upload became none.
   *
   * @throws RefusedException if there is neither
   */
  JsonNode report(ModelVersionName name) {
    ModelEntry entry = find(name);
    JsonObject report =
        JsonObject.create()
            .put("model", entry.model())
            .put("version", entry.version())
            .put("state", entry.state());
    ModelVersionName found = new ModelVersionName(entry.model(), entry.version());
    switch (State.of(entry.state())) {
      case PUBLISHED, RETIRED ->
          report.tree().set("report", JsonObject.parse(versions.manifest(found), "it").tree());
      case FAILED -> report.tree().set("problem", problem(found).tree());
      case COMPILING -> {}
    }
    return report.tree();
  }

  private JsonObject problem(ModelVersionName upload) {
    return uploads
        .problem(upload)
        .orElseGet(
            () ->
                JsonObject.create()
                    .put("error", "interrupted")
                    .put("message", "the compiler was stopped in the middle; upload again"));
  }

  private ModelEntry entry(PublishedVersions.Version version) {
    State state = version.retired().isPresent() ? State.RETIRED : State.PUBLISHED;
    return new ModelEntry(
        version.name().model(),
        version.name().version(),
        state.word(),
        version.retired().orElse(version.published()),
        cost(version.name()),
        new ModelEntry.Shown(version.shown().description(), version.shown().samples()));
  }

  private ModelEntry entry(Uploads.Upload upload) {
    boolean compiling =
        upload.outcome() == Uploads.Outcome.NONE
            && (jobs.isUnderWay(upload.name())
                || upload.time().plus(patience.limit()).isAfter(patience.clock().instant()));
    return new ModelEntry(
        upload.name().model(),
        upload.name().version(),
        (compiling ? State.COMPILING : State.FAILED).word(),
        upload.time(),
        null,
        null);
  }

  private ModelEntry.Cost cost(ModelVersionName name) {
    ModelEntry.Cost known = costs.get(name);
    if (known != null) {
      return known;
    }
    ModelEntry.Cost read = readCost(name);
    if (costs.size() < MOST_COSTS) {
      costs.put(name, read);
    }
    return read;
  }

  private ModelEntry.Cost readCost(ModelVersionName name) {
    JsonNode manifest = JsonObject.parse(versions.manifest(name), "the manifest of " + name).tree();
    JsonNode cost = manifest.path("cost");
    return new ModelEntry.Cost(
        manifest.path("rounds").asInt(),
        manifest.path("widths").asText(),
        cost.path("commonKeyBytes").asLong()
            + cost.path("party0KeyBytes").asLong()
            + cost.path("party1KeyBytes").asLong(),
        cost.path("messageBytes").asLong(),
        weights.length(name.blob(WEIGHTS)).orElse(0L));
  }
}
