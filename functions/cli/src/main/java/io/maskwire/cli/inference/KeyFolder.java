package io.maskwire.cli.inference;

import io.maskwire.crypto.execution.Dealer;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.execution.VersionSeeds;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.KeyHeader;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.VersionKey;
import io.maskwire.exchange.store.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code maskwire deal} writes: a folder for each reader, to be carried there and nowhere
 * else.
 *
 * <pre>
 *   owner/version.bin                      both halves of the version's mask, to mask the weights
 *   party0/version.bin, party0/SESSION.bin
 *   party1/version.bin, party1/SESSION.bin
 *   common/SESSION.bin                     for both parties
 *   user/SESSION.bin                       seeds of the input's and output's masks
 * </pre>
 */
public final class KeyFolder {
  private static final String VERSION = "version.bin";
  private static final String SUFFIX = ".bin";
  private static final String CLAIM = ".claim";
  private static final Pattern SESSION_FILE =
      Pattern.compile("([0-9a-f]{%d})\\.bin".formatted(2 * SessionId.BYTES));

  private final Path root;

  /** The folder {@code root}. */
  public KeyFolder(Path root) {
    this.root = root;
  }

  private Path of(String reader) {
    return root.resolve(reader);
  }

  private static String reader(Role role) {
    return "party" + role.index();
  }

  /** Whose files of a session {@code role} has. */
  private static List<String> readers(Role role) {
    return role == Role.PARTY_0
        ? List.of(reader(role), "common")
        : List.of(reader(role), "common", "user");
  }

  private Path file(String reader, SessionId session) {
    return of(reader).resolve(session + SUFFIX);
  }

  /**
   * Deals {@code count} sessions; the version's seeds are drawn on first use of the folder.
   *
   * @return their ids
   */
  public List<SessionId> deal(Program program, ProgramId id, int count, SecureRandom random)
      throws IOException {
    for (String reader : List.of("owner", "party0", "party1", "common", "user")) {
      DurableFiles.onDisk().createFolders(of(reader));
    }
    Dealer dealer = new Dealer(program, id, versionSeeds(id, random));
    List<SessionId> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sessions.add(dealSession(dealer, random));
    }
    return sessions;
  }

  private SessionId dealSession(Dealer dealer, SecureRandom random) throws IOException {
    try (TemporaryFolder temporary = TemporaryFolder.in(root, ".dealing-")) {
      KeyFiles.Places places = KeyFiles.Places.in(temporary.path());
      SessionId session = KeyFiles.deal(dealer, random, places).session();
      Files.move(places.common(), file("common", session));
      Files.move(places.party0(), file("party0", session));
      Files.move(places.party1(), file("party1", session));
      Files.move(places.user(), file("user", session));
      return session;
    }
  }

  private VersionSeeds versionSeeds(ProgramId id, SecureRandom random) throws IOException {
    if (Files.exists(of("owner").resolve(VERSION))) {
      return ownerSeeds(id);
    }
    VersionSeeds seeds = VersionSeeds.random(random);
    write("party0", new VersionKey(id, VersionKey.Reader.PARTY_0, List.of(seeds.party0())));
    write("party1", new VersionKey(id, VersionKey.Reader.PARTY_1, List.of(seeds.party1())));
    write(
        "owner",
        new VersionKey(id, VersionKey.Reader.OWNER, List.of(seeds.party0(), seeds.party1())));
    return seeds;
  }

  private void write(String reader, VersionKey key) throws IOException {
    KeyFiles.writeSecret(of(reader).resolve(VERSION), key.encode());
    // Later sessions are dealt for the same version: it must not be drawn again.
    DurableFiles.onDisk().forceNames(of(reader));
  }

  /** Both halves of the version's mask, for the owner. */
  public VersionSeeds ownerSeeds(ProgramId id) throws IOException {
    List<Seed> seeds =
        VersionKey.decode(
                Files.readAllBytes(of("owner").resolve(VERSION)), VersionKey.Reader.OWNER, id)
            .seeds();
    return new VersionSeeds(seeds.get(0), seeds.get(1));
  }

  /** The half of the version's mask that {@code role} expands. */
  public Seed partySeed(Role role, ProgramId id) throws IOException {
    VersionKey.Reader reader =
        role == Role.PARTY_0 ? VersionKey.Reader.PARTY_0 : VersionKey.Reader.PARTY_1;
    byte[] bytes = Files.readAllBytes(of(reader(role)).resolve(VERSION));
    return VersionKey.decode(bytes, reader, id).seeds().getFirst();
  }

  /** The first session, by id, that this role has keys of and has not claimed. */
  public Optional<SessionId> firstUnused(Role role) throws IOException {
    Path folder = of(reader(role));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> SESSION_FILE.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(name -> name.group(1))
          .filter(session -> !Files.exists(folder.resolve(session + CLAIM)))
          .sorted()
          .findFirst()
          .map(session -> new SessionId(HexFormat.of().parseHex(session)));
    }
  }

  /**
   * Checks that what {@code role} needs is there, whole, and made for {@code program}, {@code
   * session} and {@code role}. A file under another session's name would let its keys serve twice.
   *
   * @throws ProtocolException saying which file is not what it should be
   * @throws IllegalArgumentException if the session's keys are not there
   */
  public void verify(Role role, Program program, ProgramId id, SessionId session)
      throws IOException {
    KeyPlan plan = new KeyPlan(program);
    boolean first = role == Role.PARTY_0;
    requireKeys(role, session);
    partySeed(role, id);
    verify(session, KeyHeader.Kind.COMMON, id, plan.commonBytes());
    if (first) {
      ownerSeeds(id);
      verify(session, KeyHeader.Kind.PARTY_0, id, plan.party0Bytes());
    } else {
      MaskSeeds seeds = userSeeds(session);
      requireSame("user", session, seeds.session());
      if (!seeds.program().equals(id)) {
        throw new ProtocolException(
            ErrorCode.WRONG_PROGRAM,
            "%s was dealt for program %s, not for %s"
                .formatted(file("user", session), seeds.program(), id));
      }
      verify(session, KeyHeader.Kind.PARTY_1, id, plan.party1Bytes());
    }
  }

  private void requireKeys(Role role, SessionId session) {
    for (String reader : readers(role)) {
      if (!Files.exists(file(reader, session))) {
        boolean used = Files.exists(of(reader(role)).resolve(session + CLAIM));
        throw new IllegalArgumentException(
            used
                ? "session %s is used up, its keys are erased; use another".formatted(session)
                : "session %s has no keys for %s in %s: %s is missing"
                    .formatted(session, reader(role), root, file(reader, session)));
      }
    }
  }

  private void verify(SessionId session, KeyHeader.Kind kind, ProgramId id, long length)
      throws IOException {
    String reader =
        switch (kind) {
          case COMMON -> "common";
          case PARTY_0 -> reader(Role.PARTY_0);
          case PARTY_1 -> reader(Role.PARTY_1);
        };
    Path file = file(reader, session);
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(KeyHeader.BYTES);
    }
    requireSame(reader, session, KeyHeader.decode(start, kind, id).session());
    long size = Files.size(file);
    if (size != length) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "%s has %d bytes, keys of this program have %d: fetch it again"
              .formatted(file, size, length));
    }
  }

  private void requireSame(String reader, SessionId session, SessionId found) {
    if (!found.equals(session)) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION,
          "%s holds keys of session %s: a session's files keep their names"
              .formatted(file(reader, session), found));
    }
  }

  /** Opens the common keys of {@code session}. */
  public KeyFiles.Source openCommon(SessionId session) throws IOException {
    return KeyFiles.Source.open(file("common", session));
  }

  /** Opens the party's own keys of {@code session}. */
  public KeyFiles.Source openOwn(Role role, SessionId session) throws IOException {
    return KeyFiles.Source.open(file(reader(role), session));
  }

  /** The user's mask seeds of {@code session}. */
  public MaskSeeds userSeeds(SessionId session) throws IOException {
    return MaskSeeds.decode(Files.readAllBytes(file("user", session)));
  }

  /** Masked weights that party 1 keeps between sessions. */
  public Path maskedWeights(ProgramId id) {
    return of(reader(Role.PARTY_1)).resolve("masked-weights-" + id + SUFFIX);
  }

  /**
   * Binds the session's keys to one masked input and one set of masked weights, atomically and for
   * good, before the first message is sent. The same again is let through, since it gives the same
   * messages.
   *
   * @return what records the peer's messages; to be closed
   * @throws ProtocolException if the keys already serve another input, or another process has them
   * @throws RewoundException if they already serve other weights
   */
  public SessionRecord claim(Role role, SessionId session, SessionRecord.Claim claim)
      throws IOException {
    return SessionRecord.claim(of(reader(role)).resolve(session + CLAIM), session, claim);
  }

  /** Erases the keys of a session that is over, for good; its claim stays. */
  public void erase(Role role, SessionId session) throws IOException {
    List<String> readers = readers(role);
    for (String reader : readers) {
      Files.deleteIfExists(file(reader, session));
    }
    for (String reader : readers) {
      DurableFiles.onDisk().forceNames(of(reader));
    }
  }
}
