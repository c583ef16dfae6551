package io.maskwire.crypto.wire;

import io.maskwire.crypto.prg.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user gets from the dealer for one session: for each input and each output, the two
 * sub-seeds that expand that wire's mask and nothing else.
 *
 * @param program what the session was dealt for
 * @param session unique
 * @param inputs in the program's order
 * @param outputs in the program's order; empty if the result is not revealed to the user
 */
public record MaskSeeds(
    ProgramId program, SessionId session, List<Pair> inputs, List<Pair> outputs) {
  private static final int MAGIC = 0x4d57534d; // MWSM
  private static final int VERSION = 1;

  /**
   * The seeds of both halves of a mask.
   *
   * @param party0 expands party 0's half
   * @param party1 expands party 1's half
   */
  public record Pair(Seed party0, Seed party1) {
    private void encode(ByteWriter writer) {
      writer.putBytes(party0.toBytes()).putBytes(party1.toBytes());
    }

    private static Pair decode(ByteReader reader) {
      return new Pair(
          Seed.copyOf(reader.getBytes(Seed.BYTES)), Seed.copyOf(reader.getBytes(Seed.BYTES)));
    }

    private void wipe() {
      party0.wipe();
      party1.wipe();
    }
  }

  public MaskSeeds {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The file's bytes: secret. */
  public byte[] encode() {
    ByteWriter writer = new ByteWriter(128).putInt(MAGIC).putShort(VERSION);
    writer.putBytes(program.toBytes()).putBytes(session.toBytes());
    writer.putShort(inputs.size()).putShort(outputs.size());
    inputs.forEach(pair -> pair.encode(writer));
    outputs.forEach(pair -> pair.encode(writer));
    return writer.putInt(KeyHeader.checksum(writer.buffer(), 0, writer.size())).toBytes();
  }

  /** Reads the file. */
  public static MaskSeeds decode(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes, "mask seeds");
    reader.expectHeader(MAGIC, VERSION);
    ProgramId program = new ProgramId(reader.getBytes(ProgramId.BYTES));
    SessionId session = new SessionId(reader.getBytes(SessionId.BYTES));
    int inputCount = reader.getShort();
    int outputCount = reader.getShort();
    List<Pair> inputs = new ArrayList<>();
    List<Pair> outputs = new ArrayList<>();
    for (int i = 0; i < inputCount; i++) {
      inputs.add(Pair.decode(reader));
    }
    for (int i = 0; i < outputCount; i++) {
      outputs.add(Pair.decode(reader));
    }
    int checksum = KeyHeader.checksum(bytes, 0, bytes.length - reader.remaining());
    if (reader.getInt() != checksum) {
      throw reader.malformed("the checksum does not match");
    }
    reader.expectEnd();
    return new MaskSeeds(program, session, inputs, outputs);
  }

  /**
   * Refuses seeds of another session than the one that was opened: an input that is masked with
   * them would share its mask with that session's.
   *
   * @throws ProtocolException WRONG_SESSION
   */
  public void requireSession(SessionId opened) {
    if (!session.equals(opened)) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION,
          ("the masks are of session %s, but session %s was opened: nothing was sent. Try again; if"
                  + " it happens again, do not use this gateway, and tell its operator")
              .formatted(session, opened));
    }
  }

  /** Overwrites all seeds. */
  public void wipe() {
    inputs.forEach(Pair::wipe);
    outputs.forEach(Pair::wipe);
  }
}
