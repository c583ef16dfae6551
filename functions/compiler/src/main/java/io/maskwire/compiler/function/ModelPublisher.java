package io.maskwire.compiler.function;

import io.maskwire.compiler.CompiledFolder;
import io.maskwire.compiler.CompiledModel;
import io.maskwire.compiler.Compiler;
import io.maskwire.crypto.execution.Owner;
import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.crypto.wire.WeightsCodec;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.JsonObject;
import io.maskwire.exchange.event.ModelPublished;
import io.maskwire.exchange.event.ModelUploaded;
import io.maskwire.exchange.store.BlobUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Publishes uploaded models. Each time a version of its own: the program, for the dealer; then the
 * weights under the mask that the dealer draws; the manifest last. Who stops in the middle leaves a
 * version without a manifest, which nobody uses.
 */
public final class ModelPublisher {
  private static final String WEIGHTS = "weights.bin";

  private final OwnerContainers containers;
  private final VersionRegistry dealer;
  private final Consumer<ModelPublished> announcer;

  /**
   * Publishes in {@code containers}.
   *
   * @param announcer returns when the event is safe with the broker
   */
  public ModelPublisher(
      OwnerContainers containers, VersionRegistry dealer, Consumer<ModelPublished> announcer) {
    this.containers = containers;
    this.dealer = dealer;
    this.announcer = announcer;
  }

  /**
   * A version that is published.
   *
   * @param name model and version
   * @param program its program
   * @param millis that it took
   */
  public record Published(ModelVersionName name, ProgramId program, long millis) {
    /** As an answer. */
    public JsonObject toJson() {
      return JsonObject.create().put(name).put("program", program.toBytes()).put("millis", millis);
    }
  }

  /**
   * Compiles and publishes an upload. One at a time, since a model takes several times its size in
   * memory.
   *
   * @throws MissingBlobException if a blob of the upload is not there
   * @throws io.maskwire.compiler.onnx.CorruptModelException if the file is no good ONNX model
   * @throws io.maskwire.compiler.importer.UnsupportedModelException naming every unsupported node
   * @throws IllegalArgumentException if the options contradict each other or the model
   */
  public synchronized Published publish(ModelUploaded upload) {
    long start = System.nanoTime();
    UploadedModel uploaded = UploadedModel.read(upload, containers.onnx());
    CompiledModel compiled = Compiler.compile(uploaded.model(), uploaded.options());
    Program program = compiled.program();
    ProgramId id = ProgramCodec.idOf(program);
    ModelVersionName name = new ModelVersionName(program.model(), program.version());
    try {
      SequencedMap<String, byte[]> files = CompiledFolder.publicFiles(compiled);
      Map.Entry<String, byte[]> first = files.pollFirstEntry();
      create(name, first.getKey(), first.getValue());
      publishWeights(compiled, name, id);
      uploaded.extras().forEach((file, bytes) -> create(name, file, bytes));
      files.forEach((file, bytes) -> create(name, file, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("version %s cannot be written".formatted(name), e);
    }
    announcer.accept(new ModelPublished(name, id));
    return new Published(name, id, (System.nanoTime() - start) / 1_000_000);
  }

  private void create(ModelVersionName name, String file, byte[] bytes) {
    requireNew(name, file, containers.models().create(name.blob(file), bytes));
  }

  /** Versions are named at random: whoever finds one of the same name has drawn it twice. */
  private static void requireNew(ModelVersionName name, String file, boolean created) {
    if (!created) {
      throw new IllegalStateException("there is a blob %s already".formatted(name.blob(file)));
    }
  }

  private void publishWeights(CompiledModel compiled, ModelVersionName name, ProgramId id)
      throws IOException {
    List<RingTensor> masked = mask(compiled, dealer.register(name, id), id);
    try (BlobUpload upload = containers.maskedWeights().upload(name.blob(WEIGHTS))) {
      WeightsCodec.write(upload, WeightsCodec.Kind.MASKED, compiled.program(), id, masked);
      requireNew(name, WEIGHTS, upload.commit());
    }
  }

  private static List<RingTensor> mask(CompiledModel compiled, byte[] key, ProgramId id) {
    var halves = VersionKey.decode(key, VersionKey.Reader.OWNER, id).seeds();
    Arrays.fill(key, (byte) 0);
    VersionSeeds seeds = new VersionSeeds(halves.get(0), halves.get(1));
    try {
      return Owner.maskWeights(compiled.program(), compiled.weights(), seeds);
    } finally {
      seeds.wipe();
    }
  }
}
