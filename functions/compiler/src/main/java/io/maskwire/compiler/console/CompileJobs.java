package io.maskwire.compiler.console;

import io.maskwire.compiler.function.ModelPublisher;
import io.maskwire.compiler.function.Problem;
import io.maskwire.compiler.function.Refusals;
import io.maskwire.compiler.function.RefusedException;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.event.ModelUploaded;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Compiles what the console uploads, one after the other, and writes down what became of it. A
 * process that dies leaves an upload without an outcome, which is given up after a while.
 */
public final class CompileJobs implements AutoCloseable {
  private final Uploads uploads;
  private final ModelPublisher publisher;
  private final Refusals refusals;
  private final Semaphore places;
  private final Set<ModelVersionName> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("compiling").daemon().factory());

  /**
   * Nothing under way.
   *
   * @param waiting most uploads at a time
   */
  public CompileJobs(Uploads uploads, ModelPublisher publisher, Refusals refusals, int waiting) {
    this.uploads = uploads;
    this.publisher = publisher;
    this.refusals = refusals;
    places = new Semaphore(waiting);
  }

  /**
   * Stores an upload and has it compiled soon.
   *
   * @return the upload's name
   * @throws RefusedException if too many wait already; nothing is stored then
   */
  ModelVersionName submit(String model, UploadForm form) throws IOException {
    ModelVersionName upload =
        new ModelVersionName(model, UUID.randomUUID().toString().replace("-", ""));
    if (!places.tryAcquire()) {
      throw new RefusedException(
          Problem.BUSY, "enough models wait to be compiled; try again in a while");
    }
    boolean handedOver = false;
    underWay.add(upload);
    try {
      ModelUploaded event = uploads.store(upload, form);
      worker.execute(() -> compile(upload, event));
      handedOver = true;
    } finally {
      if (!handedOver) {
        done(upload);
      }
    }
    return upload;
  }

  private void compile(ModelVersionName upload, ModelUploaded event) {
    try {
      uploads.published(upload, publisher.publish(event).name());
    } catch (RuntimeException e) {
      uploads.failed(upload, refusals.writeAny("the upload " + upload, e).body());
    } finally {
      done(upload);
    }
  }

  private void done(ModelVersionName upload) {
    underWay.remove(upload);
    places.release();
  }

  /** Whether this process works on {@code upload}. */
  boolean isUnderWay(ModelVersionName upload) {
    return underWay.contains(upload);
  }

  /** Takes no more; what is being compiled is not waited for. */
  @Override
  public void close() {
    worker.shutdown();
  }
}
