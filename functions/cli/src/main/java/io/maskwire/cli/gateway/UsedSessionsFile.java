package io.maskwire.cli.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.maskwire.cli.inference.FilePositions;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.exchange.store.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Used sessions in a file, a line each: the id, and when in seconds since 1970. It is on disk
 * before {@link #use} returns, and safe for several processes, of which one at a time holds the
 * lock beside it. Where it cannot be written, nothing is used.
 */
final class UsedSessionsFile implements UsedSessions {
  /** Far longer than a dealer keeps keys that nobody uses, which is a day if nobody sets it. */
  static final Duration KEPT = Duration.ofDays(30);

  private static final int MOST = 100_000;
  private static final int ID_CHARS = 2 * SessionId.BYTES;
  private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{32} [0-9]{10}\n");
  private static final int LINE_CHARS = ID_CHARS + 12;

  /** For threads: the lock of a file is the whole process's. */
  private static final Object THREADS = new Object();

  private final Path folder;
  private final Clock clock;
  private final int most;

  UsedSessionsFile(Path folder, Clock clock) {
    this(folder, clock, MOST);
  }

  /** As many lines as {@code most}; then the old ones go. */
  UsedSessionsFile(Path folder, Clock clock, int most) {
    this.folder = folder;
    this.clock = clock;
    this.most = most;
  }

  /** The folder for what programs remember, by the XDG Base Directory Specification. */
  static Path folder(Map<String, String> environment) {
    Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
    if (!state.isAbsolute()) {
      Path home = Path.of(environment.getOrDefault("HOME", ""));
      if (!home.isAbsolute()) {
        home = Path.of(System.getProperty("user.home"));
      }
      state = home.resolve(".local").resolve("state");
    }
    if (!state.isAbsolute()) {
      throw new IllegalArgumentException(
          "used sessions cannot be remembered without a home folder: set XDG_STATE_HOME to a folder"
              + " that can be written and is kept");
    }
    return state.resolve("maskwire");
  }

  private Path file() {
    return folder.resolve("used-sessions");
  }

  @Override
  public void use(SessionId session) {
    try {
      Files.createDirectories(folder, attributes("rwx------"));
      synchronized (THREADS) {
        try (FileChannel channel = open(folder.resolve("used-sessions.lock"));
            FileLock _ = channel.lock()) {
          useAlone(session);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          ("session %s cannot be remembered in %s (%s), and one that is forgotten could be made to"
                  + " serve a second input. Nothing was sent. Make that folder writable, or set"
                  + " XDG_STATE_HOME to one that is, and is kept")
              .formatted(session, folder, e),
          e);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        attributes("rw-------"));
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private void useAlone(SessionId session) throws IOException {
    String lines = wholeLines();
    String id = session.toString();
    for (int at = 0; at < lines.length(); at += LINE_CHARS) {
      if (lines.startsWith(id, at)) {
        throw UsedSessions.usedBefore(session);
      }
    }
    String line = "%s %010d\n".formatted(id, clock.instant().getEpochSecond());
    if (lines.length() >= most * LINE_CHARS) {
      replace(younger(lines) + line);
      return;
    }
    try (FileChannel channel = open(file())) {
      FilePositions.write(channel, line.getBytes(ISO_8859_1), lines.length());
      channel.truncate(lines.length() + LINE_CHARS);
      channel.force(true);
    }
    if (lines.isEmpty()) {
      DurableFiles.onDisk().forceNames(folder);
    }
  }

  /** What was on disk before an earlier use returned: a last line that is cut was not. */
  private String wholeLines() throws IOException {
    if (!Files.exists(file())) {
      return "";
    }
    String lines = new String(Files.readAllBytes(file()), ISO_8859_1);
    int end = lines.length() - lines.length() % LINE_CHARS;
    for (int at = 0; at < end; at += LINE_CHARS) {
      if (!WHOLE.matcher(lines).region(at, at + LINE_CHARS).matches()) {
        if (at + LINE_CHARS == end) {
          return lines.substring(0, at);
        }
        throw new IOException(
            "line %d of %s is no used session: move the file away if none of its sessions can be open"
                .formatted(at / LINE_CHARS + 1, file()));
      }
    }
    return lines.substring(0, end);
  }

  /** Lines that are not old; where there are too many of those, the newer half. */
  private String younger(String lines) {
    long oldest = clock.instant().minus(KEPT).getEpochSecond();
    StringBuilder young = new StringBuilder();
    for (int at = 0; at < lines.length(); at += LINE_CHARS) {
      String line = lines.substring(at, at + LINE_CHARS);
      if (Long.parseLong(line.substring(ID_CHARS + 1, LINE_CHARS - 1)) >= oldest) {
        young.append(line);
      }
    }
    int tooMany = young.length() / LINE_CHARS - most / 2;
    return young.length() < most * LINE_CHARS
        ? young.toString()
        : young.substring(tooMany * LINE_CHARS);
  }

  private void replace(String lines) throws IOException {
    Path written = folder.resolve("used-sessions.new");
    try (FileChannel channel = open(written)) {
      channel.truncate(0);
      FilePositions.write(channel, lines.getBytes(ISO_8859_1), 0);
      channel.force(true);
    }
    Files.move(
        written, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DurableFiles.onDisk().forceNames(folder);
  }
}
