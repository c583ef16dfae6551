package io.maskwire.crypto.wire;

import io.maskwire.crypto.protocol.Role;
import java.util.Arrays;

/**
 * What a party sends in a round: its openings, and the transcript that it computed them on.
 *
 * @param role who sends
 * @param round from 0
 * @param session which session
 * @param transcript SHA-256 over session, program, masked inputs and all earlier openings
 * @param payload packed openings of the round's gates, in order
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record RoundMessage(
    Role role, int round, SessionId session, byte[] transcript, byte[] payload) {
  /** Bytes beside the payload. */
  public static final int OVERHEAD = 4 + 2 + 1 + 4 + SessionId.BYTES + 32;

  private static final int MAGIC = 0x4d57524d; // MWRM
  private static final int VERSION = 1;
  private static final int ROLE_OFFSET = 6;

  /** The message's bytes: a function of its fields alone. */
  public byte[] encode() {
    return new ByteWriter(OVERHEAD + payload.length)
        .putInt(MAGIC)
        .putShort(VERSION)
        .putByte(role.index())
        .putInt(round)
        .putBytes(session.toBytes())
        .putBytes(transcript)
        .putBytes(payload)
        .toBytes();
  }

  /** Reads a message. */
  public static RoundMessage decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes, "round message");
    reader.expectHeader(MAGIC, VERSION);
    int role = reader.getByte();
    if (role > 1) {
      throw reader.malformed("no role " + role);
    }
    int round = reader.getInt();
    SessionId session = new SessionId(reader.getBytes(SessionId.BYTES));
    byte[] transcript = reader.getBytes(32);
    byte[] payload = reader.getBytes(reader.remaining());
    return new RoundMessage(Role.of(role), round, session, transcript, payload);
  }

  /**
   * Whether two encoded messages answer each other: equally long, of the same round, session and
   * transcript, one of each role.
   */
  public static boolean areOfOneRound(byte[] first, byte[] second) {
    int after = ROLE_OFFSET + 1;
    return first.length == second.length
        && first.length >= OVERHEAD
        && Arrays.equals(first, 0, ROLE_OFFSET, second, 0, ROLE_OFFSET)
        && (first[ROLE_OFFSET] ^ second[ROLE_OFFSET]) == 1
        && Arrays.equals(first, after, OVERHEAD, second, after, OVERHEAD);
  }

  @Override
  public String toString() {
    return "RoundMessage[%s, round %d, session %s, %d bytes]"
        .formatted(role, round, session, payload.length);
  }
}
