package io.maskwire.cli.output;

import io.maskwire.crypto.ring.MagnitudeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What went wrong, in words for whoever runs the command: no class names where words do. */
public final class Reason {
  private static final float LARGEST_BOUND = 1 << 20;

  private Reason() {}

  /** The words for {@code e}. */
  public static String of(Exception e) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file: " + missing.getMessage();
      case FileNotFoundException missing -> "no such file: " + missing.getMessage();
      case FileAlreadyExistsException inTheWay -> String.valueOf(inTheWay.getMessage());
      case AccessDeniedException denied -> "access denied: " + denied.getMessage();
      case UncheckedIOException wrapped ->
          wrapped.getCause() == null ? wrapped.toString() : of(wrapped.getCause());
      case IOException io -> io.getClass().getSimpleName() + ": " + io.getMessage();
      case MagnitudeException beyond -> beyond.getMessage() + remedy(beyond);
      case NullPointerException _, IllegalStateException _, ClassCastException _ ->
          "a bug, please report it (MASKWIRE_DEBUG=1 shows more): " + e;
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  /** The words for {@code e}, which happened with {@code file} and name it. */
  public static String of(Path file, Exception e) {
    String reason = of(e);
    return reason.contains(file.toString()) ? reason : file + ": " + reason;
  }

  private static String remedy(MagnitudeException beyond) {
    return beyond.largest() <= LARGEST_BOUND
        ? "; compile the model with --input-bound %s or more, or check how the input is scaled"
            .formatted(beyond.largest())
        : "; --input-bound goes up to %.0f: scale the input".formatted(LARGEST_BOUND);
  }
}
