package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.prg.Expansion;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.wire.ByteReader;
import io.maskwire.crypto.wire.ErrorCode;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.ProtocolException;
import io.maskwire.crypto.wire.RoundMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What happens on the user's machine only: masking the input, unmasking the result. */
public final class User {
  private final Program program;
  private final MaskSeeds seeds;

  /**
   * The user of one session.
   *
   * @throws ProtocolException if the seeds were dealt for another program
   */
  public User(Program program, ProgramId id, MaskSeeds seeds) {
    if (!seeds.program().equals(id)) {
      throw new ProtocolException(
          ErrorCode.WRONG_PROGRAM,
          "the masks were dealt for program %s, this is %s".formatted(seeds.program(), id));
    }
    if (seeds.inputs().size() != program.inputs().size()) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "%d input masks for %d inputs".formatted(seeds.inputs().size(), program.inputs().size()));
    }
    if (!seeds.outputs().isEmpty() && seeds.outputs().size() != program.outputs().size()) {
      throw new ProtocolException(
          ErrorCode.MALFORMED,
          "%d output masks for %d outputs"
              .formatted(seeds.outputs().size(), program.outputs().size()));
    }
    this.program = program;
    this.seeds = seeds;
  }

  /**
   * x^ = x + r_x for every input.
   *
   * @param encoded fixed-point inputs in the program's order, within the program's bounds
   */
  public MaskedInput mask(List<RingTensor> encoded) {
    List<RingTensor> masked = new ArrayList<>();
    for (int i = 0; i < program.inputs().size(); i++) {
      Program.Input input = program.inputs().get(i);
      check(input, encoded.get(i));
      long[] sum = expand(seeds.inputs().get(i), input.wire().count(), input.wire().width());
      for (int j = 0; j < sum.length; j++) {
        sum[j] = input.wire().width().reduce(sum[j] + encoded.get(i).get(j));
      }
      masked.add(RingTensor.takeOwnershipOf(input.shape(), sum));
    }
    return new MaskedInput(seeds.program(), seeds.session(), masked);
  }

  private static void check(Program.Input input, RingTensor encoded) {
    if (!encoded.shape().equals(input.shape())) {
      throw new IllegalArgumentException(
          "input '%s' has shape %s, the model takes %s"
              .formatted(input.name(), encoded.shape(), input.shape()));
    }
    for (int j = 0; j < encoded.size(); j++) {
      if (encoded.get(j) > input.bound() || encoded.get(j) < -input.bound()) {
        throw new IllegalArgumentException(
            "element %d of input '%s' is outside the range that the model was compiled for"
                .formatted(j, input.name()));
      }
    }
  }

  /** The mask that both seeds expand, unreduced. */
  private static long[] expand(MaskSeeds.Pair pair, int count, BitWidth width) {
    return Expansion.sum(pair.party0().expand(), pair.party1().expand(), count, width);
  }

  /**
   * The outputs, signed, from both parties' result shares.
   *
   * @throws ProtocolException if the shares are not of one run of this session
   */
  public List<RingTensor> unmask(RoundMessage share0, RoundMessage share1) {
    if (seeds.outputs().isEmpty()) {
      throw new ProtocolException(
          ErrorCode.WRONG_ROLE, "this model does not reveal its result to the user");
    }
    check(share0, 0);
    check(share1, 1);
    if (!Arrays.equals(share0.transcript(), share1.transcript())) {
      throw new ProtocolException(
          ErrorCode.WRONG_TRANSCRIPT, "the parties' result shares are of different runs");
    }
    ByteReader first = new ByteReader(share0.payload(), "party 0's result share");
    ByteReader second = new ByteReader(share1.payload(), "party 1's result share");
    List<RingTensor> outputs = new ArrayList<>();
    for (int i = 0; i < program.outputs().size(); i++) {
      Program.Output output = program.outputs().get(i);
      int count = output.wire().count();
      BitWidth width = output.wire().width();
      long[] value = first.getPacked(count, width);
      long[] other = second.getPacked(count, width);
      long[] mask = expand(seeds.outputs().get(i), count, width);
      for (int j = 0; j < count; j++) {
        value[j] = width.toSigned(value[j] + other[j] - mask[j]);
      }
      outputs.add(RingTensor.takeOwnershipOf(output.shape(), value));
    }
    first.expectEnd();
    second.expectEnd();
    return outputs;
  }

  private void check(RoundMessage share, int role) {
    if (share.role().index() != role || !share.session().equals(seeds.session())) {
      throw new ProtocolException(
          ErrorCode.WRONG_SESSION,
          "%s is no result share of party %d in session %s"
              .formatted(share, role, seeds.session()));
    }
  }
}
