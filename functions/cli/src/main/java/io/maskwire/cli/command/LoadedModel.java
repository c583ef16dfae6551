package io.maskwire.cli.command;

import io.maskwire.cli.output.Reason;
import io.maskwire.compiler.CompiledFolder;
import io.maskwire.compiler.CompiledModel;
import io.maskwire.compiler.Compiler;
import io.maskwire.compiler.CompilerOptions;
import io.maskwire.compiler.ModelSamples;
import io.maskwire.compiler.importer.DeclaredInput;
import io.maskwire.compiler.onnx.OnnxModel;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FixedPoint;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.MagnitudeException;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.input.InputReader;
import io.maskwire.input.InputWarning;
import io.maskwire.input.Preprocess;
import io.maskwire.input.ReadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model that a command works on: an ONNX file, compiled here, or a folder that {@code maskwire
 * compile} wrote.
 *
 * @param compiled program and weights
 * @param options that it was compiled with here, calibration inputs included
 * @param preprocess how files become inputs
 * @param onnx the original model, if this is it
 * @param compileMillis time that compiling took; 0 for a folder
 */
record LoadedModel(
    CompiledModel compiled,
    CompilerOptions options,
    Preprocess preprocess,
    Optional<Path> onnx,
    double compileMillis) {

  /** Loads and, where needed, compiles {@code path}. */
  static LoadedModel load(Path path, CompileSettings settings) throws IOException {
    Preprocess preprocess = Preprocess.forModel(path);
    if (Files.isDirectory(path)) {
      requireCompiled(path);
      return new LoadedModel(
          CompiledFolder.read(path), CompilerOptions.defaults(), preprocess, Optional.empty(), 0);
    }
    OnnxModel model = OnnxModel.read(path);
    return compile(path, model, options(path, model, settings));
  }

  /** What {@code settings} say for the ONNX file {@code path}, with its calibration inputs. */
  static CompilerOptions options(Path path, CompileSettings settings) throws IOException {
    return options(path, OnnxModel.read(path), settings);
  }

  private static CompilerOptions options(Path path, OnnxModel model, CompileSettings settings) {
    CompilerOptions options = settings.options();
    return settings
        .calibration()
        .map(folder -> samples(folder, model, Preprocess.forModel(path), options.inputBound()))
        .map(options::withCalibration)
        .orElse(options);
  }

  /** Refuses a folder that {@code maskwire compile} did not write. */
  static void requireCompiled(Path folder) {
    if (!CompiledFolder.isCompiled(folder)) {
      throw new IllegalArgumentException(
          folder + " is no compiled model; make one with 'maskwire compile MODEL.onnx -o OUT'");
    }
  }

  /** Compiles the ONNX file {@code path} for inputs like those in {@code calibration}. */
  static LoadedModel calibrated(Path path, CompilerOptions options, Path calibration)
      throws IOException {
    OnnxModel model = OnnxModel.read(path);
    List<List<FloatTensor>> inputs =
        samples(calibration, model, Preprocess.forModel(path), options.inputBound());
    return compile(path, model, options.withCalibration(inputs));
  }

  private static LoadedModel compile(Path path, OnnxModel model, CompilerOptions options) {
    long start = System.nanoTime();
    CompiledModel compiled = Compiler.compile(model, options);
    double millis = (System.nanoTime() - start) / 1e6;
    return new LoadedModel(compiled, options, Preprocess.forModel(path), Optional.of(path), millis);
  }

  private static List<List<FloatTensor>> samples(
      Path folder, OnnxModel model, Preprocess preprocess, OptionalDouble bound) {
    Shape shape = DeclaredInput.only(model, "calibration needs").shape();
    return expand(List.of(folder)).stream()
        .map(file -> List.of(sample(file, InputReader.read(file, preprocess, shape), bound)))
        .toList();
  }

  /** Later, nobody would know which file it was. */
  private static FloatTensor sample(Path file, FloatTensor sample, OptionalDouble bound) {
    try {
      bound.ifPresent(most -> FixedPoint.requireWithin(sample, most));
      return sample;
    } catch (MagnitudeException e) {
      throw new IllegalArgumentException(Reason.of(file, e), e);
    }
  }

  /**
   * Refuses files that the ONNX file {@code path} does not take.
   *
   * @return what users will hear of them
   * @throws IllegalArgumentException naming all that it does not take, a line each
   */
  static List<InputWarning> requireReadable(Path path, List<Path> files) throws IOException {
    if (files.isEmpty()) {
      return List.of();
    }
    ModelSamples samples = ModelSamples.of(OnnxModel.read(path), Preprocess.forModel(path));
    List<InputWarning> warnings = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (Path file : files) {
      try {
        warnings.addAll(samples.requireReadable(file));
      } catch (RuntimeException e) {
        reasons.add(Reason.of(file, e));
      }
    }
    if (!reasons.isEmpty()) {
      throw new IllegalArgumentException(String.join(System.lineSeparator(), reasons));
    }
    return warnings;
  }

  Program program() {
    return compiled.program();
  }

  /** Reads an input file for the model's only input. */
  ReadInput read(Path file) {
    if (program().inputs().size() != 1) {
      throw new IllegalArgumentException(
          "the model has %d inputs; files can be given to models with one"
              .formatted(program().inputs().size()));
    }
    return InputReader.readWithWarnings(file, preprocess, program().inputs().getFirst().shape());
  }

  /** Files as they are, folders as their supported files in order of their names. */
  static List<Path> expand(List<Path> inputs) {
    List<Path> files =
        inputs.stream()
            .flatMap(
                input ->
                    Files.isDirectory(input)
                        ? InputReader.list(input).stream()
                        : List.of(input).stream())
            .toList();
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "no input files in " + inputs + "; supported are " + InputReader.EXTENSIONS);
    }
    return files;
  }
}
