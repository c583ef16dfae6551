package io.maskwire.input;

import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.Shape;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads input files: .png, .jpg, .jpeg, .npy, .nii, .nii.gz, pairs of .hdr and .img, .dcm and .pb
 * (ONNX TensorProto). Files of other names are read by their first bytes; many DICOM files have no
 * ending.
 */
public final class InputReader {
  /** Endings of the files that are read, in lower case. */
  public static final List<String> EXTENSIONS =
      List.of(
          ".png", ".jpg", ".jpeg", ".npy", ".nii", ".nii.gz", ".hdr", ".hdr.gz", ".img", ".img.gz",
          ".dcm", ".pb");

  /** Files other than NIfTI are read whole: 1 GiB at most. */
  private static final long MAX_FILE_BYTES = 1L << 30;

  private InputReader() {}

  /**
   * The model input that {@code file} holds.
   *
   * @param modelInputShape the shape the model declares, 0 for a dynamic dimension; a batch
   *     dimension becomes 1 (a .npy or .pb may hold the whole batch)
   * @return finite values in {@code modelInputShape} with its unknown dimensions filled in
   * @throws InputException if the file is missing, not supported, malformed, truncated, too large
   *     or does not fit the model; the message says where and what to do
   */
  public static ReadInput readWithWarnings(
      Path file, Preprocess preprocess, Shape modelInputShape) {
    String name = file.toString();
    try (InputStream stream = open(NiftiPair.header(file))) {
      Samples samples = decode(name, stream, preprocess, NiftiPair.voxels(file));
      return toInput(name, samples, preprocess, modelInputShape);
    } catch (NoSuchFileException e) {
      throw new InputException(name, "there is no such file", e);
    } catch (IOException e) {
      throw new InputException(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The same for those who have told the user of the warnings before, or have no user. */
  public static FloatTensor read(Path file, Preprocess preprocess, Shape modelInputShape) {
    return readWithWarnings(file, preprocess, modelInputShape).tensor();
  }

  /**
   * The same of a file that is not on disk.
   *
   * @param name of the file: its ending says how it is read
   * @param bytes the whole file
   */
  public static FloatTensor read(
      String name, byte[] bytes, Preprocess preprocess, Shape modelInputShape) {
    try {
      InputStream stream = new ByteArrayInputStream(bytes);
      Samples samples = decode(name, stream, preprocess, Optional.empty());
      return toInput(name, samples, preprocess, modelInputShape).tensor();
    } catch (IOException e) {
      throw new InputException(name, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static ReadInput toInput(
      String name, Samples samples, Preprocess preprocess, Shape modelInputShape) {
    List<InputWarning> warnings = new ArrayList<>();
    Samples oriented =
        DeclaredOrientation.apply(name, samples, preprocess.geometry().orientation(), warnings);
    return new ReadInput(
        Pipeline.apply(name, oriented, preprocess, modelInputShape), List.copyOf(warnings));
  }

  /** Whether the name of {@code file} ends in one of {@link #EXTENSIONS}, or else its content. */
  public static boolean isSupported(Path file) {
    String name = lowerCaseName(file);
    if (InputFormat.ofName(name).isPresent() || NiftiPair.isPart(name)) {
      return true;
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] head = stream.readNBytes(InputFormat.HEAD_BYTES);
      return InputFormat.ofContent(head).isPresent() && !InputFormat.isIndex(head);
    } catch (IOException e) {
      throw new InputException(file.toString(), "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The supported files in {@code folder}, not in folders below it, in order of their names (by
   * UTF-16 code unit, so the same on every machine). Left out are hidden files, and what neither
   * the name nor the first bytes show to be an input, such as a README or DICOMDIR; a pair of
   * header and voxels is its header.
   *
   * @throws InputException if the folder cannot be read or has no supported file
   */
  public static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> supported =
          files
              .filter(file -> !lowerCaseName(file).startsWith("."))
              .filter(file -> Files.isRegularFile(file) && isSupported(file))
              .filter(file -> !NiftiPair.hasHeader(file))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      if (supported.isEmpty()) {
        throw new InputException(
            folder.toString(), "has no input file; supported: " + String.join(" ", EXTENSIONS));
      }
      return supported;
    } catch (IOException e) {
      throw new InputException(folder.toString(), "is not a folder that can be read", e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(file.toString(), "is a folder; name a file in it");
    }
    return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  private static Samples decode(
      String name, InputStream stream, Preprocess preprocess, Optional<Path> voxels)
      throws IOException {
    return switch (voxels.isPresent() ? InputFormat.NIFTI : format(name, stream)) {
      case DICOM ->
          DicomDecoder.decode(
              name,
              readWhole(name, stream),
              preprocess.selection().frame(),
              preprocess.selection().window());
      case NIFTI -> NiftiDecoder.decode(name, stream, preprocess.selection().frame(), voxels);
      case NPY -> NpyDecoder.decode(name, readWhole(name, stream));
      case PICTURE -> PictureDecoder.decode(name, readWhole(name, stream));
      case TENSOR_PROTO -> TensorProtoDecoder.decode(name, readWhole(name, stream));
    };
  }

  /** By the ending, else by the first bytes of {@code stream}, which stays at its start. */
  private static InputFormat format(String name, InputStream stream) throws IOException {
    Optional<InputFormat> named = InputFormat.ofName(name);
    if (named.isPresent()) {
      return named.get();
    }
    stream.mark(InputFormat.HEAD_BYTES);
    byte[] head = stream.readNBytes(InputFormat.HEAD_BYTES);
    stream.reset();
    return InputFormat.ofContent(head)
        .or(() -> NiftiPair.formatOf(name))
        .orElseThrow(
            () ->
                new InputException(
                    name,
                    "is not a supported input by its ending or its first bytes; supported: "
                        + String.join(" ", EXTENSIONS)));
  }

  private static byte[] readWhole(String name, InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes((int) MAX_FILE_BYTES);
    if (bytes.length == MAX_FILE_BYTES) {
      throw new InputException(
          name, "is larger than " + (MAX_FILE_BYTES - 1) + " bytes; crop or downsample it first");
    }
    return bytes;
  }

  private static String lowerCaseName(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
  }
}
