package io.maskwire.dealer;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.ModelRetired;
import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.exchange.store.BlobEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What owners have published, as the dealer sees it: architectures, no weights. */
public final class PublishedModels {
  private static final String PROGRAM = "program.bin";
  private static final String MANIFEST = "/manifest.json";
  private static final String RETIRED = "/" + ModelRetired.MARKER;

  private final BlobContainer models;

  /** The models in {@code models}. */
  public PublishedModels(BlobContainer models) {
    this.models = models;
  }

  /** A program and its id. */
  public record Published(Program program, ProgramId id) {}

  /**
   * The program of a version, whether or not the version is published already.
   *
   * @throws Refusal if it is no program, or one that was compiled under another name
   */
  public Optional<Published> program(ModelVersionName name) {
    return models.read(name.blob(PROGRAM)).map(bytes -> decode(name, bytes));
  }

  private static Published decode(ModelVersionName name, byte[] bytes) {
    Program program;
    try {
      program = ProgramCodec.decode(bytes);
    } catch (ProtocolException e) {
      throw new Refusal(Refusal.Reason.MALFORMED, "%s has no good program".formatted(name), e);
    }
    if (!program.model().equals(name.model()) || !program.version().equals(name.version())) {
      throw new Refusal(
          Refusal.Reason.OTHER_PROGRAM,
          "the program of %s was compiled as %s/%s"
              .formatted(name, program.model(), program.version()));
    }
    return new Published(program, ProgramCodec.idOf(bytes));
  }

  /** Versions that are published as a whole and not retired, the newest first. */
  public List<ModelVersionName> versions() {
    List<BlobEntry> blobs = models.list("");
    Set<ModelVersionName> retired = versions(blobs, RETIRED).collect(Collectors.toSet());
    return versions(blobs, MANIFEST).filter(name -> !retired.contains(name)).toList();
  }

  /** Versions that were retired before {@code time}. */
  Set<ModelVersionName> retiredBefore(Instant time) {
    List<BlobEntry> before =
        models.list("").stream().filter(blob -> blob.modified().isBefore(time)).toList();
    return versions(before, RETIRED).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<ModelVersionName> versions(List<BlobEntry> blobs, String file) {
    return blobs.stream()
        .filter(blob -> blob.name().endsWith(file))
        .sorted(Comparator.comparing(BlobEntry::modified).reversed())
        .map(blob -> BlobNames.version(blob.name()))
        .flatMap(Optional::stream);
  }

  /** True if no session of {@code name} is to be dealt any more. */
  boolean isRetired(ModelVersionName name) {
    return models.length(name.blob(ModelRetired.MARKER)).isPresent();
  }
}
