package io.maskwire.exchange.event;

/** CloudEvents types, and the extension attributes that events of maskwire carry. */
public final class EventType {
  /** {@link ModelUploaded}. */
  public static final String MODEL_UPLOADED = "io.maskwire.model.uploaded.v1";

  /** {@link ModelPublished}. */
  public static final String MODEL_PUBLISHED = "io.maskwire.model.published.v1";

  /** {@link ModelRetired}. */
  public static final String MODEL_RETIRED = "io.maskwire.model.retired.v1";

  /** {@link KeysReady}. */
  public static final String KEYS_READY = "io.maskwire.keys.ready.v1";

  /** {@link SessionOpened}. */
  public static final String SESSION_OPENED = "io.maskwire.session.opened.v1";

  /** {@link SessionEnded}. */
  public static final String SESSION_ENDED = "io.maskwire.session.ended.v1";

  /** {@link InputUploaded}. */
  public static final String INPUT_UPLOADED = "io.maskwire.input.uploaded.v1";

  /** A sealed round message of the other party. */
  public static final String ROUND_SENT = "io.maskwire.round.sent.v1";

  /** A party's sealed result share. */
  public static final String RESULT_SHARED = "io.maskwire.result.shared.v1";

  /** A party cannot go on with a session, for good; has no data. */
  public static final String SESSION_FAILED = "io.maskwire.session.failed.v1";

  /** Extension: the round of a {@link #ROUND_SENT} event, decimal, from 0. */
  public static final String ROUND = "round";

  /** Extension: which party sent it, 0 or 1. */
  public static final String PARTY = "party";

  /** Extension: model and version, as {@link io.maskwire.exchange.ModelVersionName} prints. */
  public static final String MODEL = "model";

  /**
   * Extension of the CloudEvents specification: the payload is in this blob, since it is larger
   * than {@link #LARGEST_PAYLOAD_BYTES}. Which container: {@link
   * io.maskwire.exchange.store.Container#claimsTo}.
   */
  public static final String DATA_REFERENCE = "dataref";

  /** Larger payloads go to blob storage, with a reference in the event. */
  public static final int LARGEST_PAYLOAD_BYTES = 256 << 10;

  private EventType() {}
}
