package io.maskwire.cli.command;

import io.maskwire.crypto.wire.SessionId;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A session's id as {@code maskwire deal} prints it. */
final class SessionIdConverter implements ITypeConverter<SessionId> {
  @Override
  public SessionId convert(String value) {
    try {
      return new SessionId(HexFormat.of().parseHex(value));
    } catch (IllegalArgumentException _) {
      throw new TypeConversionException(
          "'%s' is no session id: %d hex digits".formatted(value, 2 * SessionId.BYTES));
    }
  }
}
