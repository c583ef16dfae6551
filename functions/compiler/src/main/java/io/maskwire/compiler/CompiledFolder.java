package io.maskwire.compiler;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.WeightsCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * A compiled model on disk: {@code stripped.onnx}, {@code program.bin}, {@code program.txt} and
 * {@code manifest.json} are public; {@code weights.bin} is the owner's and readable by its owner
 * only. A folder appears whole or not at all.
 */
public final class CompiledFolder {
  static final String STRIPPED = "stripped.onnx";

  /** Name of the public file with the program. */
  public static final String PROGRAM = "program.bin";

  static final String TEXT = "program.txt";

  /** Name of the public file that says what is there: the last one to be published. */
  public static final String MANIFEST = "manifest.json";

  static final String WEIGHTS = "weights.bin";

  private CompiledFolder() {}

  /**
   * Writes {@code model} to {@code folder}. An existing folder is replaced only if it is empty or a
   * compiled model.
   *
   * @throws FileAlreadyExistsException if something else is there
   */
  public static void write(CompiledModel model, Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    requireReplaceable(target);
    Path parent = target.getParent();
    if (parent == null) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.createDirectories(parent);
    Path temporary = Files.createTempDirectory(parent, "." + target.getFileName() + ".new");
    try {
      writeFiles(model, temporary);
      replace(temporary, target);
    } finally {
      delete(temporary);
    }
  }

  /**
   * What anybody may see of {@code model}, by name, in the order in which it is to be published:
   * the program first, which dealers need, the manifest last.
   */
  public static SequencedMap<String, byte[]> publicFiles(CompiledModel model) throws IOException {
    byte[] encoded = ProgramCodec.encode(model.program());
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put(PROGRAM, encoded);
    files.put(TEXT, model.report().toText().getBytes(StandardCharsets.UTF_8));
    files.put(STRIPPED, model.strippedOnnx());
    files.put(MANIFEST, Manifest.toBytes(model, ProgramCodec.idOf(encoded)));
    return files;
  }

  /** Reads the public program alone: all that dealers and users have. */
  public static Program readProgram(Path folder) throws IOException {
    return ProgramCodec.decode(Files.readAllBytes(folder.resolve(PROGRAM)));
  }

  /** Reads the public report alone. */
  public static CompileReport readReport(Path folder) throws IOException {
    return Manifest.report(Manifest.parse(Files.readAllBytes(folder.resolve(MANIFEST))));
  }

  /** Reads what {@link #write} wrote. */
  public static CompiledModel read(Path folder) throws IOException {
    byte[] encoded = Files.readAllBytes(folder.resolve(PROGRAM));
    Program program = ProgramCodec.decode(encoded);
    List<RingTensor> weights;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(WEIGHTS)))) {
      ProgramId id = ProgramCodec.idOf(encoded);
      weights = signed(program, WeightsCodec.read(in, WeightsCodec.Kind.CLEAR, program, id));
    }
    byte[] stripped = Files.readAllBytes(folder.resolve(STRIPPED));
    return new CompiledModel(program, weights, stripped, readReport(folder));
  }

  /** The file holds residues; the interpreter and reports want the signed values. */
  private static List<RingTensor> signed(Program program, List<RingTensor> residues) {
    List<RingTensor> weights = new ArrayList<>();
    for (int i = 0; i < residues.size(); i++) {
      BitWidth width = program.weights().get(i).width();
      long[] values = residues.get(i).values();
      long[] signed = new long[values.length];
      for (int k = 0; k < signed.length; k++) {
        signed[k] = width.toSigned(values[k]);
      }
      weights.add(RingTensor.takeOwnershipOf(residues.get(i).shape(), signed));
    }
    return weights;
  }

  /** True if {@code folder} holds a compiled model. */
  public static boolean isCompiled(Path folder) {
    try {
      return Files.isRegularFile(folder.resolve(MANIFEST))
          && Manifest.isOurs(Manifest.parse(Files.readAllBytes(folder.resolve(MANIFEST))));
    } catch (IOException _) {
      return false;
    }
  }

  private static void requireReplaceable(Path target) throws IOException {
    if (!Files.exists(target) || isCompiled(target)) {
      return;
    }
    if (Files.isDirectory(target)) {
      try (Stream<Path> entries = Files.list(target)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new FileAlreadyExistsException(
        target.toString(), null, "exists and is no compiled model; choose another folder");
  }

  private static void writeFiles(CompiledModel model, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : publicFiles(model).entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    ProgramId id = ProgramCodec.idOf(model.program());
    Path weights = Files.createFile(folder.resolve(WEIGHTS), ownerOnly(folder));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(weights))) {
      WeightsCodec.write(out, WeightsCodec.Kind.CLEAR, model.program(), id, model.weights());
    }
    if (isPosix(folder)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return isPosix(folder)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void replace(Path temporary, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.move(temporary, target);
      return;
    }
    Path previous =
        Files.createTempDirectory(target.getParent(), "." + target.getFileName() + ".old");
    Path kept = previous.resolve("model");
    Files.move(target, kept);
    try {
      Files.move(temporary, target);
    } catch (IOException e) {
      Files.move(kept, target);
      throw e;
    } finally {
      delete(previous);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
