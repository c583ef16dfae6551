package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.maskwire.crypto.ring.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real numbers of any width are the same numbers. */
class ElementTypesTest {
  private static final double LARGEST_ERROR = 0x1p-10;

  private static byte[] bytes(DataType type, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (type) {
        case FLOAT16 -> bytes.putShort(Float.floatToFloat16(value));
        case BFLOAT16 -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
        case DOUBLE -> bytes.putDouble(value);
        default -> bytes.putFloat(value);
      }
    }
    byte[] written = new byte[bytes.position()];
    bytes.get(0, written);
    return written;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "FLOAT16", "BFLOAT16", "DOUBLE"})
  void compile_elementsOfEachWidth_sameValues(DataType type) {
    ModelBuilder model = new ModelBuilder(13, new Random(1));
    String x = model.input("x", type, 1, 2);
    String weights = model.raw(type, new int[] {2, 2}, bytes(type, 1, -2, 0.5f, 4));
    String sum = model.node("MatMul", List.of(x, weights));
    String wide = model.node("Cast", List.of(sum), attribute("to", DataType.FLOAT_VALUE));
    String narrow = model.node("Cast", List.of(wide), attribute("to", type.getNumber()));
    String bound = model.raw(type, new int[0], bytes(type, 2.5f));
    model.output(model.node("Clip", List.of(narrow, "", bound)));

    CompiledModel compiled = Compiler.compile(model.model(), CompilerOptions.defaults());

    FloatTensor input = StandardCase.tensor(new int[] {1, 2}, 1, 2);
    FloatTensor expected = StandardCase.tensor(new int[] {1, 2}, 2, 2.5);
    FloatTensor result = FixedPointRun.run(compiled, List.of(input)).getFirst();
    assertThat(FixedPointRun.difference(result, expected)).isLessThanOrEqualTo(LARGEST_ERROR);
  }
}
