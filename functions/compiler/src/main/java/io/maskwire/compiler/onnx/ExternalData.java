package io.maskwire.compiler.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tensors stored in files beside the model; a path that leaves the model's folder is refused. */
final class ExternalData {
  private final Optional<Path> folder;

  ExternalData(Optional<Path> folder) {
    this.folder = folder;
  }

  ByteBuffer read(TensorProto tensor, long expectedBytes) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    Path file = locate(tensor, location);
    long offset = number(tensor, entries.getOrDefault("offset", "0"));
    String length = entries.getOrDefault("length", "");
    if (!length.isEmpty() && number(tensor, length) != expectedBytes) {
      throw corrupt(tensor, "needs " + expectedBytes + " bytes, declares " + length);
    }
    if (expectedBytes > Integer.MAX_VALUE - 64) {
      throw corrupt(tensor, "has more than 2 GiB");
    }
    return readRange(tensor, file, offset, (int) expectedBytes);
  }

  private static ByteBuffer readRange(TensorProto tensor, Path file, long offset, int bytes) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (offset > channel.size() || bytes > channel.size() - offset) {
        throw corrupt(
            tensor,
            "needs bytes %d to %d of '%s', which has %d"
                .formatted(offset, offset + bytes, file.getFileName(), channel.size()));
      }
      ByteBuffer buffer = ByteBuffer.allocate(bytes);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
        // reads until full
      }
      return buffer.flip();
    } catch (IOException e) {
      throw new CorruptModelException(
          "tensor '%s': external data '%s' cannot be read: %s"
              .formatted(tensor.getName(), file.getFileName(), e.getMessage()),
          e);
    }
  }

  private Path locate(TensorProto tensor, String location) {
    if (folder.isEmpty()) {
      throw corrupt(tensor, "lies outside the model, which was not read from a folder");
    }
    try {
      Path base = folder.get().toRealPath();
      Path relative = Path.of(location);
      Path file = base.resolve(relative).normalize();
      if (location.isEmpty() || relative.isAbsolute() || !file.startsWith(base)) {
        throw corrupt(tensor, "names external data outside the model's folder: '" + location + "'");
      }
      Path real = file.toRealPath();
      if (!real.startsWith(base)) {
        throw corrupt(tensor, "names external data outside the model's folder: '" + location + "'");
      }
      return real;
    } catch (IOException | InvalidPathException e) {
      throw new CorruptModelException(
          "tensor '%s': external data '%s' is missing".formatted(tensor.getName(), location), e);
    }
  }

  private static long number(TensorProto tensor, String text) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new CorruptModelException(
          "tensor '%s': '%s' is no offset or length".formatted(tensor.getName(), text), e);
    }
    throw corrupt(tensor, "has a negative offset or length: " + text);
  }

  private static CorruptModelException corrupt(TensorProto tensor, String message) {
    return new CorruptModelException("tensor '" + tensor.getName() + "' " + message);
  }
}
