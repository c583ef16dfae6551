package io.maskwire.compiler.console;

import io.maskwire.compiler.CompilerOptions;
import io.maskwire.exchange.SampleName;
import io.maskwire.exchange.event.Presentation;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A form of the console: HTTP has put its files into temporary ones already, which it deletes after
 * the request.
 *
 * @param files what was uploaded
 * @param description what users are told of the model
 * @param scale fractional bits of activations
 * @param width value width where nothing better is known
 * @param inputBound largest magnitude of an input
 */
record UploadForm(
    UploadedFiles files,
    Optional<String> description,
    int scale,
    int width,
    Optional<Double> inputBound) {
  private static final int MOST_CALIBRATION_INPUTS = 256;
  private static final long LARGEST_TEXT_BYTES = 1 << 20;

  UploadForm {
    presentation(description, files, "");
  }

  /** What users are shown, once its samples are stored as blobs in {@code folder}. */
  Presentation presentation(String folder) {
    return presentation(description, files, folder);
  }

  private static Presentation presentation(
      Optional<String> description, UploadedFiles files, String folder) {
    return new Presentation(
        description,
        files.samples().stream().map(sample -> folder + sample.name().publishedAs()).toList());
  }

  /**
   * Reads the form of {@code request}.
   *
   * @throws IllegalArgumentException if a part is missing, or is not what it should be
   */
  static UploadForm read(RoutingContext request) throws IOException {
    List<FileUpload> parts = request.fileUploads();
    Path model =
        one(parts, "model")
            .orElseThrow(() -> new IllegalArgumentException("the form has no part 'model'"));
    if (Files.size(model) == 0) {
      throw new IllegalArgumentException("the model's file is empty");
    }
    List<Path> calibration = files(parts, "calibration");
    if (calibration.size() > MOST_CALIBRATION_INPUTS) {
      throw new IllegalArgumentException(
          "at most %d calibration inputs, not %d"
              .formatted(MOST_CALIBRATION_INPUTS, calibration.size()));
    }
    MultiMap fields = request.request().formAttributes();
    return new UploadForm(
        new UploadedFiles(
            model, text(parts, "labels"), text(parts, "preprocess"), calibration, samples(parts)),
        field(fields, "description", UploadForm::withoutReturns),
        field(fields, "scale", Integer::valueOf).orElse(CompilerOptions.DEFAULT_SCALE),
        field(fields, "width", Integer::valueOf).orElse(CompilerOptions.DEFAULT_WIDTH),
        field(fields, "inputBound", Double::valueOf));
  }

  private static List<Path> files(List<FileUpload> parts, String name) {
    List<Path> files = new ArrayList<>();
    for (FileUpload part : parts) {
      if (part.name().equals(name)) {
        files.add(Path.of(part.uploadedFileName()));
      }
    }
    return files;
  }

  private static List<UploadedFiles.Sample> samples(List<FileUpload> parts) throws IOException {
    List<UploadedFiles.Sample> samples = new ArrayList<>();
    for (FileUpload part : parts) {
      if (part.name().equals("sample")) {
        SampleName name = new SampleName(part.fileName());
        Path file = Path.of(part.uploadedFileName());
        name.requireSize(Files.size(file));
        samples.add(new UploadedFiles.Sample(name, file));
      }
    }
    return samples;
  }

  /** Forms end lines as HTTP does, whatever was typed. */
  private static String withoutReturns(String text) {
    return text.replace("\r\n", "\n");
  }

  private static Optional<Path> one(List<FileUpload> parts, String name) {
    List<Path> files = files(parts, name);
    if (files.size() > 1) {
      throw new IllegalArgumentException("the form has several parts '%s'".formatted(name));
    }
    return files.stream().findFirst();
  }

  /** A file for people: UTF-8, and no more than people read. Absent if it is empty. */
  private static Optional<Path> text(List<FileUpload> parts, String name) throws IOException {
    Optional<Path> file = one(parts, name);
    if (file.isEmpty() || Files.size(file.get()) == 0) {
      return Optional.empty();
    }
    if (Files.size(file.get()) > LARGEST_TEXT_BYTES) {
      throw new IllegalArgumentException(
          "the file '%s' is larger than %d bytes".formatted(name, LARGEST_TEXT_BYTES));
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file.get())));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file '%s' is not UTF-8".formatted(name), e);
    }
    return file;
  }

  private static <T> Optional<T> field(MultiMap fields, String name, Function<String, T> parse) {
    @Nullable String text = fields.get(name);
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is a number, not '%s'".formatted(name, text.strip()), e);
    }
  }
}
