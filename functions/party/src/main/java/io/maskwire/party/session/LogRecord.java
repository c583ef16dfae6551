package io.maskwire.party.session;

import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.ByteWriter;
import io.maskwire.exchange.ModelVersionName;
import io.maskwire.exchange.seal.SealKeys;
import java.util.zip.CRC32C;

/**
 * A fact of a session, as its log keeps it: length (4), body, CRC-32C of the body (4). A body is a
 * kind (1) and the fact's fields.
 */
@SuppressWarnings("ArrayRecordComponent") // carriers of bytes, never compared
sealed interface LogRecord {
  /** Bytes of a SHA-256. */
  int DIGEST_BYTES = 32;

  /** The session's result share is with the broker, or the session was ended: nothing follows. */
  record Finished() implements LogRecord {}

  /**
   * The keys serve this input and no other.
   *
   * @param digest SHA-256 of the masked input
   */
  record Input(byte[] digest) implements LogRecord {}

  /**
   * A message of the peer, as it came.
   *
   * @param round from 0
   * @param sealed for this party
   */
  record Message(int round, byte[] sealed) implements LogRecord {}

  /**
   * What the session is about.
   *
   * @param name of its model
   * @param resultKey for which the result share is sealed
   */
  record Opened(ModelVersionName name, byte[] resultKey) implements LogRecord {}

  /** Appends this record to {@code log}. */
  default void encode(ByteWriter log) {
    ByteWriter body = new ByteWriter(1 << 8);
    switch (this) {
      case Finished _ -> body.putByte(4);
      case Input input -> body.putByte(2).putBytes(input.digest());
      case Message message -> body.putByte(3).putInt(message.round()).putBytes(message.sealed());
      case Opened opened ->
          body.putByte(1)
              .putString(opened.name().model())
              .putString(opened.name().version())
              .putBytes(opened.resultKey());
    }
    byte[] bytes = body.toBytes();
    log.putInt(bytes.length).putBytes(bytes).putInt(checksum(bytes));
  }

  /**
   * The next record of {@code log}.
   *
   * @throws io.maskwire.crypto.wire.ProtocolException if it is damaged
   */
  static LogRecord decode(ByteReader log) {
    byte[] bytes = log.getBytes(log.getInt());
    if (log.getInt() != checksum(bytes)) {
      throw log.malformed("a record's checksum does not match");
    }
    ByteReader body = new ByteReader(bytes, "a session log's record");
    int kind = body.getByte();
    LogRecord found =
        switch (kind) {
          case 1 -> new Opened(name(body), body.getBytes(SealKeys.POINT_BYTES));
          case 2 -> new Input(body.getBytes(DIGEST_BYTES));
          case 3 -> new Message(body.getInt(), body.getBytes(body.remaining()));
          case 4 -> new Finished();
          default -> throw log.malformed("no record of kind " + kind);
        };
    body.expectEnd();
    return found;
  }

  private static ModelVersionName name(ByteReader body) {
    try {
      return new ModelVersionName(body.getString(), body.getString());
    } catch (IllegalArgumentException e) {
      throw body.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}
