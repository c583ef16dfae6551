package io.maskwire.crypto.wire;

import io.maskwire.crypto.execution.EveryGate;
import io.maskwire.crypto.execution.KeyPlan;
import io.maskwire.crypto.fss.LevelWords;
import io.maskwire.crypto.fss.PrefixParity;
import io.maskwire.crypto.fss.TreeKeys;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.prg.Seed;
import io.maskwire.crypto.protocol.KeyLayout;
import io.maskwire.crypto.protocol.Role;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.RingTensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every format that is read from outside: good bytes of it, and its reader. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum Parsers {
  PROGRAM(Parsers::program, false, Parsers::readProgram),
  PROGRAM_BODY(
      () -> ProgramFile.body(program()), false, bytes -> readProgram(ProgramFile.of(bytes))),
  WEIGHTS(Parsers::weights, true, Parsers::readWeights),
  KEY_HEADER(
      Parsers::header, true, bytes -> KeyHeader.decode(bytes, KeyHeader.Kind.PARTY_1, Fixed.ID)),
  TREE_SECTION(
      Parsers::trees, true, bytes -> KeySectionCodec.decodeTrees(bytes, Fixed.SLICE, Fixed.LAYOUT)),
  CORRECTION_SECTION(
      Parsers::corrections,
      true,
      bytes -> KeySectionCodec.decodeCorrections(bytes, Fixed.SLICE, Fixed.LAYOUT)),
  ROUND_MESSAGE(
      () ->
          new RoundMessage(Role.PARTY_1, 3, Fixed.SESSION, new byte[32], new byte[] {1, 2, 3})
              .encode(),
      false,
      RoundMessage::decode),
  MASKED_INPUT(
      () -> new MaskedInput(Fixed.ID, Fixed.SESSION, EveryGate.input(77, 99)).encode(Fixed.PROGRAM),
      false,
      bytes -> MaskedInput.decode(bytes, Fixed.PROGRAM, Fixed.ID)),
  MASK_SEEDS(
      () ->
          new MaskSeeds(Fixed.ID, Fixed.SESSION, List.of(Fixed.PAIR), List.of(Fixed.PAIR)).encode(),
      true,
      MaskSeeds::decode),
  VERSION_KEY(
      () ->
          new VersionKey(Fixed.ID, VersionKey.Reader.OWNER, List.of(Fixed.SEED, Fixed.SEED))
              .encode(),
      true,
      bytes -> VersionKey.decode(bytes, VersionKey.Reader.OWNER, Fixed.ID));

  private final Supplier<byte[]> good;
  private final boolean checked;
  private final Consumer<byte[]> reader;

  Parsers(Supplier<byte[]> good, boolean checked, Consumer<byte[]> reader) {
    this.good = good;
    this.checked = checked;
    this.reader = reader;
  }

  /** Bytes that are read. */
  byte[] good() {
    return good.get();
  }

  /** True if the last four bytes are a checksum of all before. */
  boolean checked() {
    return checked;
  }

  /** Reads {@code bytes}: returns, or throws what the reader throws. */
  void read(byte[] bytes) {
    reader.accept(bytes);
  }

  /** What the bytes are made of. */
  private static final class Fixed {
    static final Program PROGRAM = EveryGate.program();
    static final ProgramId ID = ProgramCodec.idOf(ProgramCodec.encode(PROGRAM));
    static final SessionId SESSION = new SessionId(new byte[16]);
    static final Seed SEED = Seed.copyOf(new byte[16]);
    static final MaskSeeds.Pair PAIR = new MaskSeeds.Pair(SEED, SEED);
    static final KeySectionCodec.Slice SLICE = new KeySectionCodec.Slice(2, 0, 3);
    static final PrefixParity PARITY = new PrefixParity(BitWidth.of(9));
    static final KeyLayout LAYOUT =
        new KeyLayout(List.of(PARITY.shape()), List.of(BitWidth.of(20), BitWidth.of(3)));
  }

  private static byte[] program() {
    return ProgramCodec.encode(Fixed.PROGRAM);
  }

  /** A program that is read can be planned and written again. */
  private static void readProgram(byte[] bytes) {
    Program program = ProgramCodec.decode(bytes);
    long elements =
        program.steps().stream()
            .flatMap(step -> step.gate().outputs().stream())
            .mapToLong(wire -> wire.count())
            .sum();
    if (elements < 1 << 24) {
      new KeyPlan(program);
    }
    if (!ProgramCodec.decode(ProgramCodec.encode(program)).equals(program)) {
      throw new IllegalStateException("written and read again, the program is another");
    }
  }

  private static byte[] weights() {
    var bytes = new ByteArrayOutputStream();
    try {
      List<RingTensor> weights = EveryGate.weights();
      WeightsCodec.write(bytes, WeightsCodec.Kind.CLEAR, Fixed.PROGRAM, Fixed.ID, weights);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void readWeights(byte[] bytes) {
    try {
      var stream = new ByteArrayInputStream(bytes);
      WeightsCodec.read(stream, WeightsCodec.Kind.CLEAR, Fixed.PROGRAM, Fixed.ID);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] header() {
    return new KeyHeader(KeyHeader.Kind.PARTY_1, Fixed.ID, Fixed.SESSION, Fixed.SEED, 1000)
        .encode();
  }

  private static byte[] trees() {
    int count = Fixed.SLICE.count();
    var shape = Fixed.PARITY.shape();
    var keys =
        new TreeKeys(
            shape,
            count,
            LevelWords.Memory.fresh().take(0, shape.levelWords(count)),
            new long[shape.leafWords() * count]);
    return KeySectionCodec.encodeTrees(Fixed.SLICE, List.of(keys));
  }

  private static byte[] corrections() {
    return KeySectionCodec.encodeCorrections(
        Fixed.SLICE, Fixed.LAYOUT, List.of(new long[] {1, 2, 3}, new long[] {4, 5, 6}));
  }
}
