package io.maskwire.compiler.function;

import io.maskwire.compiler.importer.UnsupportedModelException;
import io.maskwire.compiler.onnx.CorruptModelException;
import io.maskwire.exchange.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Why something that an owner asked for was not done: a code for programs, a status for HTTP. */
public enum Problem {
  /** The request cannot be understood. */
  MALFORMED(400, "malformed"),
  /** Nobody is signed in, or not any more. */
  NOT_SIGNED_IN(401, "not-signed-in"),
  /** The account lacks the role. */
  ROLE_MISSING(403, "role-missing"),
  /** Another site's page has sent it. */
  FOREIGN_SITE(403, "foreign-site"),
  /** An upload names a blob that is not there. */
  NO_SUCH_BLOB(404, "no-such-blob"),
  /** There is no such version, and no such upload. */
  UNKNOWN_VERSION(404, "unknown-version"),
  /** The version is not published, or not yet. */
  NOT_PUBLISHED(409, "not-published"),
  /** The file is no good ONNX model. */
  CORRUPT_MODEL(422, "corrupt-model"),
  /** The model has nodes that the compiler does not support. */
  UNSUPPORTED_MODEL(422, "unsupported-model"),
  /** A bug of ours; details are in the log. */
  INTERNAL(500, "internal"),
  /** The dealer refused, or could not be reached. */
  DEALER(502, "dealer-failed"),
  /** Enough models wait to be compiled. */
  BUSY(503, "busy"),
  /** The broker cannot be reached. */
  BROKER(503, "broker-unavailable"),
  /** The store cannot be reached. */
  STORE(503, "store-unavailable");

  private final int status;
  private final String code;

  Problem(int status, String code) {
    this.status = status;
    this.code = code;
  }

  /** Status of the answer. */
  public int status() {
    return status;
  }

  /** The code, {@code error} in answers. */
  public String code() {
    return code;
  }

  /** What {@code failure} is, unless it is a bug. */
  static @Nullable Problem of(Throwable failure) {
    return switch (failure) {
      case CorruptModelException _ -> CORRUPT_MODEL;
      case DealerException _ -> DEALER;
      case IllegalArgumentException _ -> MALFORMED;
      case MissingBlobException _ -> NO_SUCH_BLOB;
      case RefusedException refused -> refused.problem();
      case StoreException _ -> STORE;
      case UnsupportedModelException _ -> UNSUPPORTED_MODEL;
      default -> null;
    };
  }
}
