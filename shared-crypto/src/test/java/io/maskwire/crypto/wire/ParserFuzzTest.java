package io.maskwire.crypto.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are read or refused with {@link ProtocolException}. Runs over good bytes only;
 * JAZZER_FUZZ=1 searches for others, one method at a time.
 */
class ParserFuzzTest {
  static Stream<Arguments> seeds() {
    return Stream.of(Parsers.values()).map(parser -> Arguments.of((Object) parser.good()));
  }

  @MethodSource("seeds")
  @FuzzTest
  void program(byte[] bytes) {
    read(Parsers.PROGRAM, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void programBody(byte[] bytes) {
    read(Parsers.PROGRAM_BODY, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void weights(byte[] bytes) {
    read(Parsers.WEIGHTS, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void keyHeader(byte[] bytes) {
    read(Parsers.KEY_HEADER, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void treeSection(byte[] bytes) {
    read(Parsers.TREE_SECTION, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void correctionSection(byte[] bytes) {
    read(Parsers.CORRECTION_SECTION, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void roundMessage(byte[] bytes) {
    read(Parsers.ROUND_MESSAGE, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void maskedInput(byte[] bytes) {
    read(Parsers.MASKED_INPUT, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void maskSeeds(byte[] bytes) {
    read(Parsers.MASK_SEEDS, bytes);
  }

  @MethodSource("seeds")
  @FuzzTest
  void versionKey(byte[] bytes) {
    read(Parsers.VERSION_KEY, bytes);
  }

  /** As it comes and, where the format ends in a checksum, with the right one. */
  private static void read(Parsers parser, byte[] bytes) {
    readOnce(parser, bytes);
    if (parser.checked() && bytes.length >= Integer.BYTES) {
      readOnce(parser, ProgramFile.withChecksum(bytes));
    }
  }

  private static void readOnce(Parsers parser, byte[] bytes) {
    try {
      parser.read(bytes);
    } catch (ProtocolException refused) {
      // The one allowed answer to bytes that cannot be used.
    }
  }
}
