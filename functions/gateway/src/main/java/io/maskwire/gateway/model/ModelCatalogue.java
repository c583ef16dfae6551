package io.maskwire.gateway.model;

import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Published versions: from a listing at the start, and from events. A version never changes, so
 * what is known of it stays true; but it may be retired, for ever. Then no session of it is opened,
 * and its files stay for those that are open.
 */
public final class ModelCatalogue {
  private static final System.Logger LOG = System.getLogger(ModelCatalogue.class.getName());
  private static final Comparator<PublishedModel> NEWEST_FIRST =
      Comparator.comparing(PublishedModel::published)
          .thenComparing(model -> model.name().version())
          .reversed();

  private final BlobContainer models;
  private final int sealingBytes;

  /** Whether all that was stored at the start is known: before that, the newest is not. */
  private volatile boolean complete;

  private final Map<ModelVersionName, PublishedModel> known = new ConcurrentHashMap<>();
  private final Set<ModelVersionName> retired = ConcurrentHashMap.newKeySet();

  /**
   * Nothing yet.
   *
   * @param models the container {@code models}
   * @param sealingBytes what sealing adds to an input
   */
  public ModelCatalogue(BlobContainer models, int sealingBytes) {
    this.models = models;
    this.sealingBytes = sealingBytes;
  }

  /** Takes up all that is published. A broken version is left out, and said so. */
  public void refresh() {
    for (BlobEntry entry : models.list("")) {
      String[] parts = entry.name().split("/", -1);
      if (parts.length == 3) {
        try {
          take(parts, entry);
        } catch (IllegalArgumentException | ArithmeticException e) {
          LOG.log(System.Logger.Level.WARNING, "left out: " + entry.name(), e);
        }
      }
    }
    complete = true;
  }

  private void take(String[] parts, BlobEntry entry) {
    if (parts[2].equals(ModelFile.MANIFEST.file())) {
      add(new ModelVersionName(parts[0], parts[1]), entry.modified());
    } else if (parts[2].equals(ModelRetired.MARKER)) {
      retire(new ModelVersionName(parts[0], parts[1]));
    }
  }

  /** A version is not offered any more; may be known or not. */
  public void retire(ModelVersionName name) {
    retired.add(name);
  }

  /**
   * Takes up a version.
   *
   * @throws IllegalArgumentException if it is not there, or broken
   */
  public void add(ModelVersionName name) {
    String manifest = name.blob(ModelFile.MANIFEST.file());
    Instant published =
        models.list(manifest).stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no " + manifest))
            .modified();
    if (models.length(name.blob(ModelRetired.MARKER)).isPresent()) {
      retire(name);
    }
    add(name, published);
  }

  private void add(ModelVersionName name, Instant published) {
    if (known.containsKey(name)) {
      return;
    }
    ModelManifest manifest =
        new ModelManifest(
            models
                .read(name.blob(ModelFile.MANIFEST.file()))
                .orElseThrow(() -> new IllegalArgumentException("no manifest of " + name)));
    List<String> labels = text(name, ModelFile.LABELS).lines().toList();
    known.put(
        name,
        new PublishedModel(
            name,
            manifest.program(),
            manifest.rounds(),
            Math.toIntExact(Math.addExact(manifest.maskedInputBytes(), sealingBytes)),
            labels,
            published,
            new PublishedModel.Presentation(
                text(name, ModelFile.DESCRIPTION).strip(), samples(name))));
  }

  /** A text, empty if the version has none. */
  private String text(ModelVersionName name, ModelFile file) {
    return models
        .read(name.blob(file.file()))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("");
  }

  private List<PublishedModel.Sample> samples(ModelVersionName name) {
    return models.list(name.blob(SampleName.FOLDER)).stream()
        .map(entry -> new PublishedModel.Sample(SampleName.ofPath(entry.name()), entry.length()))
        .toList();
  }

  /** All versions that are offered, though the events of some may still be on their way. */
  public List<PublishedModel> current() {
    refresh();
    return all();
  }

  /** All known versions that are offered: by model, the newest first. */
  public List<PublishedModel> all() {
    return known.values().stream()
        .filter(this::isOffered)
        .sorted(
            Comparator.comparing((PublishedModel model) -> model.name().model())
                .thenComparing(NEWEST_FIRST))
        .toList();
  }

  private boolean isOffered(PublishedModel model) {
    return !retired.contains(model.name());
  }

  /** A version that sessions can be opened for. */
  public Optional<PublishedModel> offered(String model, String version) {
    return find(model, version).filter(this::isOffered);
  }

  /**
   * A version, offered or retired, if it was published, though its event may still be on its way.
   */
  public Optional<PublishedModel> find(String model, String version) {
    ModelVersionName name;
    try {
      name = new ModelVersionName(model, version);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (!known.containsKey(name)
        && models.length(name.blob(ModelFile.MANIFEST.file())).isPresent()) {
      add(name);
    }
    return Optional.ofNullable(known.get(name));
  }

  /** The newest version of a model that is offered. */
  public Optional<PublishedModel> newest(String model) {
    return newest(model, complete ? all() : current()).or(() -> newest(model, current()));
  }

  private static Optional<PublishedModel> newest(String model, List<PublishedModel> among) {
    return among.stream().filter(one -> one.name().model().equals(model)).findFirst();
  }

  /** Length of a file of {@code model}, if it has that file. */
  public Optional<Long> length(PublishedModel model, ModelFile file) {
    return models.length(model.name().blob(file.file()));
  }

  /** A file of {@code model}, that is there. */
  public InputStream open(PublishedModel model, ModelFile file) {
    return new BlobInputStream(models, model.name().blob(file.file()));
  }

  /** A sample of {@code model}. */
  public InputStream open(PublishedModel model, PublishedModel.Sample sample) {
    return new BlobInputStream(models, model.name().blob(sample.name().publishedAs()));
  }
}
