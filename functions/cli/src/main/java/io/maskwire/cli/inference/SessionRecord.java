package io.maskwire.cli.inference;

import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.SessionId;
import io.maskwire.crypto.wire.Sha256;
import io.maskwire.exchange.store.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A session's claim: what its keys serve, and all that its peer has sent. One process at a time has
 * it. The same again is let through, since it gives the same messages; anything else is refused,
 * also after a crash or a loss of power.
 *
 * <pre>
 *   32 bytes  SHA-256 of the masked input
 *   32 bytes  SHA-256 of the masked weights
 *   32 bytes  for each round SHA-256 of the peer's message, zeros until it has come
 * </pre>
 *
 * <p>When the session is over, 64 bytes are left: the first 32, and SHA-256 of the others.
 */
public final class SessionRecord implements AutoCloseable {
  private static final int DIGEST_BYTES = 32;
  private static final int HEAD_DIGESTS = 2;
  private static final int ENDED_BYTES = 2 * DIGEST_BYTES;

  private final SessionId session;
  private final int rounds;
  private final FileChannel channel;

  private SessionRecord(SessionId session, int rounds, FileChannel channel) {
    this.session = session;
    this.rounds = rounds;
    this.channel = channel;
  }

  /**
   * What a session's keys are bound to before the first message is sent.
   *
   * @param maskedInput SHA-256 of the masked input
   * @param maskedWeights SHA-256 of the masked weights
   * @param rounds of the program
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  public record Claim(byte[] maskedInput, byte[] maskedWeights, int rounds) {
    private byte[] toBytes() {
      return ByteBuffer.allocate((HEAD_DIGESTS + rounds) * DIGEST_BYTES)
          .put(maskedInput)
          .put(maskedWeights)
          .array();
    }
  }

  /**
   * Creates {@code file} atomically, or opens the one that is there for the same claim.
   *
   * @throws ProtocolException if the keys already serve another input, or another process has them
   * @throws RewoundException if the session began with other weights
   */
  static SessionRecord claim(Path file, SessionId session, Claim claim) throws IOException {
    create(file, claim.toBytes());
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      SessionRecord record = new SessionRecord(session, claim.rounds(), channel);
      record.requireInput(claim.maskedInput());
      record.lock();
      record.requireSame(claim);
      // A run that was killed may have written without waiting for the disk.
      channel.force(false);
      return record;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void create(Path file, byte[] bytes) throws IOException {
    try {
      DurableFiles.onDisk().create(file, bytes);
    } catch (FileAlreadyExistsException _) {
      // Claimed before, perhaps by a run that was killed before its name was on disk; what for is
      // looked at next.
      DurableFiles.onDisk().forceNames(file.toAbsolutePath().resolveSibling(""));
    }
  }

  private void requireInput(byte[] maskedInput) throws IOException {
    if (!MessageDigest.isEqual(maskedInput, digest(0))) {
      throw claimed(
          "session %s already serves another input: use a session of its own for each input");
    }
  }

  private void lock() throws IOException {
    boolean alone;
    try {
      alone = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      alone = false;
    }
    if (!alone) {
      throw claimed("session %s is under way in another process: wait for its end, or end it");
    }
  }

  private void requireSame(Claim claim) throws IOException {
    long size = channel.size();
    if (size == ENDED_BYTES && claim.rounds() > 0) {
      throw claimed("session %s is over, and its keys should be erased: use another");
    }
    if (size != (long) (HEAD_DIGESTS + rounds) * DIGEST_BYTES) {
      throw claimed(
          "the claim of session %s does not tell what the peer has sent (it is damaged, or of an"
              + " earlier maskwire): use another session");
    }
    if (!MessageDigest.isEqual(claim.maskedWeights(), digest(1))) {
      throw new RewoundException(
          ("session %s began with other masked weights: its keys serve one set of weights only."
                  + " Nothing was sent for these. Use another session")
              .formatted(session));
    }
  }

  private ProtocolException claimed(String message) {
    return new ProtocolException(ErrorCode.SESSION_CLAIMED, message.formatted(session));
  }

  private byte[] digest(int index) throws IOException {
    byte[] digest = new byte[DIGEST_BYTES];
    FilePositions.read(channel, digest, (long) index * DIGEST_BYTES);
    return digest;
  }

  /**
   * Takes the peer's message of {@code round}, from 0; it is on disk when this returns.
   *
   * @throws RewoundException if the peer has sent another one before
   */
  public synchronized void accept(int round, byte[] message) throws IOException {
    if (round < 0 || round >= rounds) {
      throw new IllegalArgumentException("there is no round %d of %d".formatted(round, rounds));
    }
    byte[] digest = Sha256.of(message);
    byte[] known = digest(HEAD_DIGESTS + round);
    if (MessageDigest.isEqual(known, digest)) {
      return;
    }
    if (!Arrays.equals(known, new byte[DIGEST_BYTES])) {
      throw new RewoundException(
          ("session %s ran to round %d before, and the peer's message was another one then. An"
                  + " answer to both would tell the peer what is secret here: this one is not"
                  + " answered. Use another session, and ask the peer why its messages change")
              .formatted(session, round + 1));
    }
    // In place and of one sector: it is there as a whole or not at all.
    FilePositions.write(channel, digest, (long) (HEAD_DIGESTS + round) * DIGEST_BYTES);
    channel.force(false);
  }

  /** Makes the record short; to be called when the session's keys are erased. */
  public synchronized void end() throws IOException {
    byte[] rest = new byte[(int) channel.size() - DIGEST_BYTES];
    FilePositions.read(channel, rest, DIGEST_BYTES);
    FilePositions.write(channel, Sha256.of(rest), DIGEST_BYTES);
    channel.truncate(ENDED_BYTES);
    channel.force(true);
  }

  /** Lets others have it. */
  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
