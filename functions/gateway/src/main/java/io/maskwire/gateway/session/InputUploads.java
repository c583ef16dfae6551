package io.maskwire.gateway.session;

import io.maskwire.exchange.store.BlobContainer;
import io.maskwire.gateway.Audit;
import io.maskwire.gateway.Problem;
import io.maskwire.gateway.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * Takes masked inputs, sealed for both parties: the gateway sees ciphertext of masked values. A
 * session takes one input. The same bytes again are taken as often as they come, which makes up for
 * a crash between storing and telling; other bytes are refused, since keys serve one input only.
 */
public final class InputUploads {
  private static final byte[] MAGIC = {'M', 'W', 'S', 'E'};

  private final BlobContainer inputs;
  private final SessionEvents events;
  private final SessionStates states;
  private final Audit audit;
  private final GatewayMetrics metrics;
  private final Semaphore slots;

  /**
   * Who hears of uploads.
   *
   * @param audit of refused ones
   * @param metrics of those that are taken
   */
  public record Observers(Audit audit, GatewayMetrics metrics) {}

  /**
   * Uploads to the container {@code inputs}.
   *
   * @param most uploads at a time: each takes the memory of one input
   */
  public InputUploads(
      BlobContainer inputs,
      SessionStates states,
      SessionEvents events,
      Observers observers,
      int most) {
    this.inputs = inputs;
    this.states = states;
    this.events = events;
    audit = observers.audit();
    metrics = observers.metrics();
    slots = new Semaphore(most);
  }

  /**
   * Stores what {@code body} has, and starts the inference.
   *
   * @param announced length that the sender says, or -1
   * @throws ProblemException if it is not taken
   */
  public void accept(SessionRecord record, long announced, InputStream body) throws IOException {
    states.requireOpen(record);
    if (announced > record.inputBytes()) {
      throw tooLarge(record);
    }
    if (!slots.tryAcquire()) {
      throw new ProblemException(Problem.BUSY, "too many uploads at once; try again");
    }
    try {
      store(record, read(record, body));
    } finally {
      slots.release();
    }
  }

  /** Reads straight into the bytes that are stored. */
  private static byte[] read(SessionRecord record, InputStream body) throws IOException {
    byte[] sealed = new byte[record.inputBytes()];
    int length = body.readNBytes(sealed, 0, sealed.length);
    if (length < sealed.length) {
      throw new ProblemException(
          Problem.MALFORMED,
          "the sealed input has %d bytes, this model's has %d".formatted(length, sealed.length));
    }
    if (body.read() >= 0) {
      throw tooLarge(record);
    }
    if (!Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new ProblemException(
          Problem.MALFORMED, "the input is not sealed: it must start with MWSE");
    }
    return sealed;
  }

  private static ProblemException tooLarge(SessionRecord record) {
    return new ProblemException(
        Problem.TOO_LARGE,
        "the sealed input of this model has %d bytes, not more".formatted(record.inputBytes()));
  }

  private void store(SessionRecord record, byte[] sealed) {
    String name = SessionBlobs.input(record.session());
    if (inputs.create(name, sealed)) {
      metrics.uploaded(record);
    } else {
      byte[] stored =
          inputs
              .read(name)
              .orElseThrow(
                  () -> new ProblemException(Problem.ENDED, "the session's input was erased"));
      if (!Arrays.equals(stored, sealed)) {
        throw audit.refuse(
            Problem.OTHER_INPUT,
            record.session().toString(),
            "the session has another input; open another session for it");
      }
      if (states.state(record) == SessionStates.State.COMPLETED) {
        return;
      }
    }
    events.uploaded(record.uploadedEvent());
  }
}
