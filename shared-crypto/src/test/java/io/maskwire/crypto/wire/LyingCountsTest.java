package io.maskwire.crypto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that claim to be large are refused before memory is taken for what they claim. */
class LyingCountsTest {
  private static final int MOST = Integer.MAX_VALUE - 64;
  private static final long ALLOWED_BYTES = 80L << 20;

  /** A body with one weight tensor of {@code weights} elements and the given steps. */
  private static byte[] program(int weights, int steps, Consumer<ByteWriter> gates) {
    ByteWriter body = new ByteWriter(1 << 10).putString("small").putString("1").putByte(0);
    body.putVarint(1).putString("x").putVarint(0).putVarint(10);
    body.putVarint(1).putVarint(4).putVarint(0).putByte(20);
    body.putVarint(1).putString("w").putVarint(weights).putByte(20).putVarint(0);
    body.putVarint(steps);
    gates.accept(body);
    return ProgramFile.of(body.putVarint(0).toBytes());
  }

  private static Consumer<ByteWriter> gate(int tag, long... numbers) {
    return body -> {
      body.putString("node").putByte(tag);
      for (long number : numbers) {
        body.putVarint(number);
      }
    };
  }

  private static void constant(ByteWriter body, int id, int count) {
    gate(2, 0, id, count).accept(body);
    body.putByte(20);
  }

  @Test
  void decode_wiresOfOneTensor_areRead() {
    Program program = ProgramCodec.decode(program(MOST, 1, body -> constant(body, 1, MOST)));
    assertThat(program.steps().getFirst().gate().outputs().getFirst().count()).isEqualTo(MOST);
  }

  @Test
  void decode_moreElementsThanAnyProgramHas_isRefused() {
    byte[] file =
        program(
            MOST,
            3,
            body -> {
              for (int id = 1; id <= 3; id++) {
                constant(body, id, MOST);
              }
            });
    assertMalformed(() -> ProgramCodec.decode(file), "more than 4294967296 elements");
  }

  @Test
  void decode_moreIndicesThanBytes_isRefused() {
    // gather: one source, wire 0; masked output 1 of 2 elements; terms; indices
    byte[] many =
        program(
            4,
            1,
            gate(3, 1, 0)
                .andThen(b -> b.putByte(0).putVarint(1).putVarint(2).putByte(20))
                .andThen(b -> b.putVarint(1).putVarint(MOST)));
    assertMalformed(() -> ProgramCodec.decode(many), "is not between 1 and");
    byte[] terms =
        program(
            4,
            1,
            gate(3, 1, 0)
                .andThen(b -> b.putByte(0).putVarint(1).putVarint(2).putByte(20))
                .andThen(b -> b.putVarint(Integer.MAX_VALUE).putVarint(1).putVarint(0)));
    assertMalformed(() -> ProgramCodec.decode(terms), "groups of 2147483647");
  }

  @Test
  void decode_piecesPayloadsOrEntriesThatAreNotThere_areRefused() {
    Consumer<ByteWriter> compared = body -> body.putByte(8);
    byte[] pieces =
        program(4, 1, gate(7, 0).andThen(compared).andThen(body -> body.putVarint(1 << 16)));
    assertMalformed(() -> ProgramCodec.decode(pieces), "65536 is not between 1 and 1024");
    byte[] payloads =
        program(4, 1, gate(9, 0).andThen(compared).andThen(body -> body.putVarint(1 << 16)));
    assertMalformed(() -> ProgramCodec.decode(payloads), "65536 is not between 1 and 1024");
    byte[] entries = program(4, 1, gate(10, 0, 1 << 16));
    assertMalformed(() -> ProgramCodec.decode(entries), "0 left");
    byte[] terms = program(4, 1, gate(1, 0, MOST));
    assertMalformed(() -> ProgramCodec.decode(terms), "is not between");
  }

  /** Products and sums of lengths that pass 2^31, which must not come out as small numbers. */
  @Test
  void decode_mapsThatOverflow_areRefused() {
    byte[] dense =
        program(
            4, 1, gate(4, 0, 0).andThen(b -> b.putByte(2)).andThen(numbers(1 << 16, 4, 1 << 30)));
    assertMalformed(() -> ProgramCodec.decode(dense), "more elements than an array holds");
    byte[] scaling =
        program(4, 1, gate(4, 0, 0).andThen(b -> b.putByte(3)).andThen(numbers(4, MOST, 3)));
    assertMalformed(() -> ProgramCodec.decode(scaling), "count 4, channels 2147483583, inner 3");
    long[] dilated = {1, 1, 1, 1, 1, 1, 4, 1, 1, 3, 1, 1, 1, 1, 1, MOST, 0, 0, 0, 0, 0, 0};
    assertMalformed(() -> ProgramCodec.decode(convolution(dilated)), "does not fit");
    long[] still = {1, 1, 1, 1, 1, 1, 4, 1, 1, 3, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
    assertMalformed(() -> ProgramCodec.decode(convolution(still)), "must be positive");
    long[] padded = {1, 1, 1, 1, 1, 1, 4, 1, 1, 3, 1, 1, 1, 1, 1, 1, 0, 0, MOST, 0, 0, MOST};
    assertMalformed(() -> ProgramCodec.decode(convolution(padded)), "too long");
    long[] wide = {1, 1 << 16, 1 << 16, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
    assertMalformed(() -> ProgramCodec.decode(convolution(wide)), "a kernel");
  }

  private static byte[] convolution(long[] lengths) {
    return program(4, 1, gate(4, 0, 0).andThen(b -> b.putByte(1)).andThen(numbers(lengths)));
  }

  private static Consumer<ByteWriter> numbers(long... numbers) {
    return body -> {
      for (long number : numbers) {
        body.putVarint(number);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 9, 11, 1 << 29, (1 << 29) + 1, Integer.MAX_VALUE})
  void decode_bodyOfAnotherLength_isRefused(int length) {
    assertMalformed(() -> ProgramCodec.decode(ProgramFile.of(new byte[10], length)), "body");
  }

  @Test
  void decode_bodyThatInflatesWithoutEnd_isRefused() {
    byte[] bomb = ProgramFile.of(new byte[1 << 28], 100);
    assertThat(bomb).hasSizeLessThan(1 << 20);
    assertMalformed(() -> ProgramCodec.decode(bomb), "the 100 bytes that it claims");
  }

  @Test
  void readWeights_shortFileOfALargeProgram_isRefused() {
    var tensor = new WeightTensor("w", MOST, BitWidth.MAXIMUM, 0);
    var gate = new Gate.Constant(0, new Wire.Masked(0, MOST, BitWidth.MAXIMUM));
    Program program =
        new Program(
            "large",
            "1",
            Program.Reveal.USER,
            List.of(),
            List.of(tensor),
            List.of(new Program.Step("constant", gate)),
            List.of());
    ProgramId id = new ProgramId(new byte[32]);
    byte[] file =
        new ByteWriter(64)
            .putInt(0x4d575754)
            .putShort(1)
            .putByte(1)
            .putBytes(id.toBytes())
            .putLong(1)
            .toBytes();
    assertMalformed(
        () ->
            WeightsCodec.read(new ByteArrayInputStream(file), WeightsCodec.Kind.CLEAR, program, id),
        "cut short");
  }

  @Test
  void get_numbersBeyondTheEnd_areRefused() {
    byte[] overlong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0};
    assertMalformed(() -> reader(overlong).getVarint(), "more than 64 bits");
    assertMalformed(() -> reader(new byte[] {-1, -1}).getVarint(), "1 bytes expected, 0 left");
    assertMalformed(() -> reader(new byte[7]).getLong(), "left");
    assertMalformed(() -> reader(new byte[7]).getPacked(MOST, BitWidth.MAXIMUM), "17179868664");
    assertMalformed(() -> reader(new byte[7]).getBytes(-1), "-1 bytes expected");
    byte[] text = new ByteWriter(4).putVarint(1 << 17).toBytes();
    assertMalformed(() -> reader(text).getString(), "131072 is not between 0 and 65535");
    assertMalformed(() -> reader(new byte[] {2, -1}).getString(), "not UTF-8");
  }

  private static ByteReader reader(byte[] bytes) {
    return new ByteReader(bytes, "file");
  }

  private static void assertMalformed(ThrowingCallable call, String message) {
    long before = allocatedBytes();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED))
        .hasMessageContaining(message);
    assertThat(allocatedBytes() - before).as("bytes allocated").isLessThan(ALLOWED_BYTES);
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
