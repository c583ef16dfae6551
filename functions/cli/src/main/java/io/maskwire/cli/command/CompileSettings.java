package io.maskwire.cli.command;

import io.maskwire.compiler.CompilerOptions;
import io.maskwire.crypto.ir.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that compiles a model. */
final class CompileSettings {
  @Option(
      names = "--calibrate",
      paramLabel = "DIR",
      description = "typical inputs, from which ranges and widths are taken")
  private @Nullable Path calibration;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "fractional bits of activations (default: ${DEFAULT-VALUE})")
  private int scale = CompilerOptions.DEFAULT_SCALE;

  @Option(
      names = "--width",
      paramLabel = "N",
      description =
          "bits of a value where neither proof nor calibration gives them (default:"
              + " ${DEFAULT-VALUE})")
  private int width = CompilerOptions.DEFAULT_WIDTH;

  @Option(
      names = "--input-bound",
      paramLabel = "X",
      description = "largest magnitude of an input after preprocessing")
  private @Nullable Double inputBound;

  @Option(
      names = "--reveal",
      paramLabel = "WHO",
      converter = RevealConverter.class,
      description = "who may unmask the result: user, owner or both (default: user)")
  private Program.Reveal reveal = Program.Reveal.USER;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** The compiler's options, without calibration inputs. */
  CompilerOptions options() {
    OptionalDouble bound =
        inputBound == null ? OptionalDouble.empty() : OptionalDouble.of(inputBound);
    try {
      return new CompilerOptions(scale, width, reveal, bound, List.of());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The folder of calibration inputs, if one is given. */
  Optional<Path> calibration() {
    return Optional.ofNullable(calibration);
  }
}
