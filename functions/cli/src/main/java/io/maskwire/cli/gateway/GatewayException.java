package io.maskwire.cli.gateway;

/** A refusal by the gateway or the dealer, in their words. */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  GatewayException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The machine-readable reason, such as {@code stock-empty}. */
  public String code() {
    return code;
  }
}
