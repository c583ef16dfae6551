package io.maskwire.cli.command;

import io.maskwire.crypto.ir.Program;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** "user", "owner" or "both". */
final class RevealConverter implements ITypeConverter<Program.Reveal> {
  @Override
  public Program.Reveal convert(String value) {
    return switch (value) {
      case "user" -> Program.Reveal.USER;
      case "owner" -> Program.Reveal.OWNER;
      case "both" -> Program.Reveal.BOTH;
      default -> throw new TypeConversionException("'" + value + "' is not user, owner or both");
    };
  }
}
