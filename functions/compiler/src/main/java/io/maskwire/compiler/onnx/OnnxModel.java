package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A parsed ONNX file with the checks that need no knowledge of operators.
 *
 * @param name for people: the file name without its extension
 * @param proto the parsed file
 * @param folder where external data may lie, if the model came from a file
 * @param opset version of the default operator set, {@link #NO_OPSET} if the model names others
 *     only
 */
public record OnnxModel(String name, OnnxMl.ModelProto proto, Optional<Path> folder, long opset) {

  /** Largest number of elements of one tensor, against sizes that lie. */
  public static final int LARGEST_TENSOR = 1 << 28;

  /** {@link #opset} of a model that has operators of other domains only. */
  public static final long NO_OPSET = 0;

  private static final long LARGEST_FILE_BYTES = (1L << 31) - 64;

  /**
   * Reads a file.
   *
   * @throws CorruptModelException if it is no ONNX model
   * @throws IOException if it cannot be read
   */
  public static OnnxModel read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST_FILE_BYTES) {
      throw new CorruptModelException(
          "'%s' has %d bytes; ONNX files end at 2 GiB, larger weights are external data"
              .formatted(file, size));
    }
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.onnx$", "");
    Path absolute = file.toAbsolutePath().normalize();
    return parse(name, Files.readAllBytes(file), Optional.ofNullable(absolute.getParent()));
  }

  /**
   * Reads a model without external data.
   *
   * @throws CorruptModelException if {@code bytes} are no ONNX model
   */
  public static OnnxModel parse(String name, byte[] bytes) {
    return parse(name, bytes, Optional.empty());
  }

  private static OnnxModel parse(String name, byte[] bytes, Optional<Path> folder) {
    if (bytes.length == 0) {
      throw new CorruptModelException("'" + name + "' is empty");
    }
    OnnxMl.ModelProto proto;
    try {
      proto = OnnxMl.ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptModelException(
          "'%s' (%d bytes) is cut off, damaged or no ONNX file: %s"
              .formatted(name, bytes.length, e.getMessage()),
          e);
    }
    return new OnnxModel(name, proto, folder, opsetOf(name, proto));
  }

  private static long opsetOf(String name, OnnxMl.ModelProto proto) {
    if (!proto.hasGraph() || proto.getGraph().getOutputCount() == 0) {
      throw new CorruptModelException(
          "'" + name + "' is cut off or no ONNX model: it has no graph with outputs");
    }
    for (OnnxMl.OperatorSetIdProto set : proto.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        if (set.getVersion() < 1) {
          throw new CorruptModelException(
              "'" + name + "' names operator set version " + set.getVersion());
        }
        return set.getVersion();
      }
    }
    if (proto.getOpsetImportCount() > 0) {
      return NO_OPSET;
    }
    throw new CorruptModelException(
        "'" + name + "' is cut off or no ONNX model: it names no operator set version");
  }
}
