package io.maskwire.compiler.function;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.event.Presentation;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The versions in the container {@code models}: those with a manifest, retired ones among them. */
public final class PublishedVersions {
  private static final String MANIFEST = "manifest.json";

  private final BlobContainer models;

  /** The versions in {@code models}. */
  public PublishedVersions(BlobContainer models) {
    this.models = models;
  }

  /**
   * A version.
   *
   * @param name model and version
   * @param published when
   * @param retired when, if it is not offered any more
   * @param shown what users are shown of it
   */
  public record Version(
      ModelVersionName name, Instant published, Optional<Instant> retired, Shown shown) {}

  /**
   * What users are shown of a version.
   *
   * @param description whether it has one
   * @param samples how many
   */
  public record Shown(boolean description, int samples) {}

  /** All versions, the newest first. */
  public List<Version> all() {
    return list("");
  }

  /** All versions of {@code model}, the newest first. */
  public List<Version> of(String model) {
    return list(ModelVersionName.requireModel(model) + "/");
  }

  /** The version {@code name}, if it is published. */
  public Optional<Version> find(ModelVersionName name) {
    return list(name.blob("")).stream().findFirst();
  }

  /** The manifest of a version that is published. */
  public byte[] manifest(ModelVersionName name) {
    return models
        .read(name.blob(MANIFEST))
        .orElseThrow(() -> new IllegalStateException("no manifest of " + name));
  }

  private List<Version> list(String prefix) {
    Map<String, Files> found = new HashMap<>();
    for (BlobEntry blob : models.list(prefix)) {
      String[] parts = blob.name().split("/", 3);
      if (parts.length == 3) {
        found
            .computeIfAbsent(parts[0] + "/" + parts[1], _ -> new Files(parts[0], parts[1]))
            .add(parts[2], blob.modified());
      }
    }
    List<Version> versions = new ArrayList<>();
    found.values().forEach(files -> files.version().ifPresent(versions::add));
    versions.sort(
        Comparator.comparing(Version::published)
            .thenComparing(version -> version.name().version())
            .reversed());
    return List.copyOf(versions);
  }

  /** What there is of something that may be a version. */
  private static final class Files {
    private final String model;
    private final String version;
    private Optional<Instant> published = Optional.empty();
    private Optional<Instant> retired = Optional.empty();
    private boolean description;
    private int samples;

    Files(String model, String version) {
      this.model = model;
      this.version = version;
    }

    void add(String file, Instant modified) {
      switch (file) {
        case MANIFEST -> published = Optional.of(modified);
        case ModelRetired.MARKER -> retired = Optional.of(modified);
        case Presentation.DESCRIPTION_FILE -> description = true;
        default -> samples += file.startsWith(SampleName.FOLDER) ? 1 : 0;
      }
    }

    Optional<Version> version() {
      return published.map(
          time ->
              new Version(
                  new ModelVersionName(model, version),
                  time,
                  retired,
                  new Shown(description, samples)));
    }
  }
}
