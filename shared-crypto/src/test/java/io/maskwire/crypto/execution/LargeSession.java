package io.maskwire.crypto.execution;

import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import io.maskwire.crypto.ring.Truncation;
import io.maskwire.crypto.wire.MaskSeeds;
import io.maskwire.crypto.wire.MaskedInput;
import io.maskwire.crypto.wire.ProgramCodec;
import io.maskwire.crypto.wire.ProgramId;
import io.maskwire.crypto.wire.RoundMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;

/**
 * A process that deals and runs a session whose keys, in files, are much larger than its heap:
 * ReluTruncate on as many elements as the second argument says. Prints the keys' length when the
 * result is right.
 */
final class LargeSession {
  private final Path folder;
  private final Program program;
  private final ProgramId id;

  private LargeSession(Path folder, int count) {
    this.folder = folder;
    program = program(count);
    id = ProgramCodec.idOf(ProgramCodec.encode(program));
  }

  /** ReluTruncate on {@code count} elements. */
  static Program program(int count) {
    Wire.Masked x = new Wire.Masked(0, count, BitWidth.of(36));
    Wire.Shared y = new Wire.Shared(1, count, BitWidth.of(36));
    var gate = new Gate.ReluTruncate(x, new Truncation(BitWidth.of(24), 12, true), y);
    Shape shape = Shape.of(count);
    return new Program(
        "large",
        "1",
        Program.Reveal.USER,
        List.of(new Program.Input("x", shape, 0, 1L << 34, x)),
        List.of(),
        List.of(new Program.Step("relu", gate)),
        List.of(new Program.Output("y", shape, 0, Program.Finish.NONE, 0, y)));
  }

  public static void main(String[] arguments) throws IOException {
    LargeSession session = new LargeSession(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    MaskSeeds seeds = session.deal();
    session.infer(seeds);
    KeyPlan plan = new KeyPlan(session.program);
    System.out.println(plan.commonBytes() + plan.party1Bytes());
  }

  private MaskSeeds deal() throws IOException {
    SecureRandom random = new SecureRandom();
    try (OutputStream common = create("common");
        OutputStream party0 = create("party0");
        OutputStream party1 = create("party1")) {
      return new Dealer(program, id, VersionSeeds.random(random))
          .deal(Seed.randomRoot(random), new Dealer.Sinks(common, party0, party1));
    }
  }

  private OutputStream create(String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16);
  }

  private void infer(MaskSeeds seeds) throws IOException {
    User user = new User(program, id, seeds);
    try (FileChannel common = open("common");
        FileChannel party0 = open("party0");
        FileChannel party1 = open("party1")) {
      MaskedInput input = user.mask(List.of(input()));
      PartySession session0 = session(Role.PARTY_0, common, party0);
      PartySession session1 = session(Role.PARTY_1, common, party1);
      RoundMessage message0 = session0.begin(input);
      RoundMessage message1 = session1.begin(input);
      RoundMessage result0 = session0.advance(message1);
      RoundMessage result1 = session1.advance(message0);
      check(user.unmask(result0, result1).getFirst());
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(folder.resolve(name), StandardOpenOption.READ);
  }

  private PartySession session(Role role, FileChannel common, FileChannel own) {
    var weights = new PartyWeights(program, role, List.of(), Seed.copyOf(new byte[Seed.BYTES]));
    PartyModel model = PartyModel.of(program, id, role, weights);
    return new PartySession(model, new PartyKeys(model, source(common), source(own)));
  }

  private static KeySource source(FileChannel file) {
    return (offset, length, target) -> {
      ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
      try {
        while (buffer.hasRemaining()) {
          if (file.read(buffer, offset + buffer.position()) < 0) {
            throw KeySource.cutShort(offset, length, file.size());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static long element(int i) {
    return ((long) i * 0x9E37_79B9_7F4AL) % (1L << 34);
  }

  private RingTensor input() {
    long[] values = new long[program.inputs().getFirst().wire().count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = element(i);
    }
    return RingTensor.takeOwnershipOf(values);
  }

  private static void check(RingTensor result) {
    for (int i = 0; i < result.size(); i++) {
      long expected = Math.max((element(i) + (1 << 11)) >> 12, 0);
      if (result.get(i) != expected) {
        throw new IllegalStateException(
            "element %d is %d, not %d".formatted(i, result.get(i), expected));
      }
    }
  }
}
