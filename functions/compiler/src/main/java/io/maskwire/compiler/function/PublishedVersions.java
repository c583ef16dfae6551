package io.maskwire.compiler.function;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.ModelRetired;
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
   */
  public record Version(ModelVersionName name, Instant published, Optional<Instant> retired) {}

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
    Map<ModelVersionName, Instant> published = new HashMap<>();
    Map<ModelVersionName, Instant> retired = new HashMap<>();
    for (BlobEntry blob : models.list(prefix)) {
      String[] parts = blob.name().split("/", -1);
      if (parts.length == 3 && parts[2].equals(MANIFEST)) {
        published.put(new ModelVersionName(parts[0], parts[1]), blob.modified());
      } else if (parts.length == 3 && parts[2].equals(ModelRetired.MARKER)) {
        retired.put(new ModelVersionName(parts[0], parts[1]), blob.modified());
      }
    }
    List<Version> versions = new ArrayList<>();
    published.forEach(
        (name, time) ->
            versions.add(new Version(name, time, Optional.ofNullable(retired.get(name)))));
    versions.sort(
        Comparator.comparing(Version::published)
            .thenComparing(version -> version.name().version())
            .reversed());
    return List.copyOf(versions);
  }
}
