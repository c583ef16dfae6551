package io.maskwire.crypto.wire;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.RingTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user uploads: every input of the program under its mask, packed.
 *
 * @param program what it was encoded for
 * @param session whose masks were used
 * @param values in the program's order, reduced to their wires' widths
 */
public record MaskedInput(ProgramId program, SessionId session, List<RingTensor> values) {
  private static final int MAGIC = 0x4d57494e; // MWIN
  private static final int VERSION = 1;

  public MaskedInput {
    values = List.copyOf(values);
  }

  /** The upload's bytes. */
  public byte[] encode(Program compiled) {
    ByteWriter writer = new ByteWriter(1 << 16).putInt(MAGIC).putShort(VERSION);
    writer.putBytes(program.toBytes()).putBytes(session.toBytes());
    for (int i = 0; i < values.size(); i++) {
      writer.putPacked(values.get(i).values(), compiled.inputs().get(i).wire().width());
    }
    return writer.toBytes();
  }

  /**
   * Reads an upload for {@code compiled}.
   *
   * @throws ProtocolException if it is short, long, or for another program
   */
  public static MaskedInput decode(byte[] bytes, Program compiled, ProgramId id) {
    ByteReader reader = new ByteReader(bytes, "masked input");
    reader.expectHeader(MAGIC, VERSION);
    ProgramId found = new ProgramId(reader.getBytes(ProgramId.BYTES));
    if (!found.equals(id)) {
      throw new ProtocolException(
          ErrorCode.WRONG_PROGRAM, "the input was masked for program " + found + ", this is " + id);
    }
    SessionId session = new SessionId(reader.getBytes(SessionId.BYTES));
    List<RingTensor> values = new ArrayList<>();
    for (Program.Input input : compiled.inputs()) {
      long[] packed = reader.getPacked(input.wire().count(), input.wire().width());
      values.add(RingTensor.takeOwnershipOf(input.shape(), packed));
    }
    reader.expectEnd();
    return new MaskedInput(found, session, values);
  }
}
