package io.maskwire.tests.page;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.SessionId;
import java.util.List;
import java.util.Random;

/**
 * A program that squares its input, and mask seeds for one session of it.
 *
 * @param program the program
 * @param seeds made up
 */
record VectorModel(Program program, MaskSeeds seeds) {
  private static final int SCALE = 12;

  static VectorModel of(Random random, BitWidth width, Program.Finish finish, int... shape) {
    Shape sides = Shape.of(shape);
    Wire.Masked in = new Wire.Masked(0, sides.elements(), width);
    Wire.Shared out = new Wire.Shared(1, sides.elements(), width);
    long bound = (width.mask() >>> 2) + 1;
    int axis = Math.min(1, sides.rank() - 1);
    Program program =
        new Program(
            "vectors",
            "v" + random.nextInt(),
            Program.Reveal.USER,
            List.of(new Program.Input("in", sides, SCALE, bound, in)),
            List.of(),
            List.of(new Program.Step("square", new Gate.Multiply(in, in, out))),
            List.of(new Program.Output("out", sides, 2 * SCALE, finish, axis, out)));
    MaskSeeds seeds =
        new MaskSeeds(
            ProgramCodec.idOf(program),
            new SessionId(bytes(random, SessionId.BYTES)),
            List.of(pair(random)),
            List.of(pair(random)));
    return new VectorModel(program, seeds);
  }

  private static MaskSeeds.Pair pair(Random random) {
    return new MaskSeeds.Pair(seed(random), seed(random));
  }

  private static Seed seed(Random random) {
    return Seed.copyOf(bytes(random, Seed.BYTES));
  }

  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  ProgramId id() {
    return seeds.program();
  }

  String encodedProgram() {
    return BrowserClient.base64(ProgramCodec.encode(program));
  }

  String encodedSeeds() {
    return BrowserClient.base64(seeds.encode());
  }
}
