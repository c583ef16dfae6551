package io.maskwire.compiler;

import static io.maskwire.compiler.ModelBuilder.attribute;
import static io.maskwire.compiler.ModelBuilder.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.maskwire.compiler.lowering.Certainty;
import io.maskwire.crypto.execution.Plaintext;
import io.maskwire.crypto.execution.RangeCheck;
import io.maskwire.crypto.ir.Gate;
import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.FloatTensor;
import io.maskwire.crypto.ring.RingTensor;
import io.maskwire.crypto.ring.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Widths called proven hold for the worst inputs there are, and are no wider than that needs. */
class RangeProofTest {
  private static final int INPUTS = 8;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void compile_randomGraph_holdsAtEveryCornerOfTheInputs(long seed) {
    ModelBuilder builder = new ModelBuilder(13, new Random(seed));
    String value = layer(builder, builder.input("x", 1, INPUTS), INPUTS);
    for (int i = 0; i < 3; i++) {
      value = step(builder, value);
    }
    builder.output(value);
    CompiledModel compiled = Compiler.compile(builder.model(), CompilerOptions.defaults());
    assertThat(compiled.report().certainty()).isEqualTo(Certainty.PROVEN);
    runCorners(compiled).verify();
  }

  private static String layer(ModelBuilder builder, String value, int outputs) {
    return builder.node(
        "Gemm",
        List.of(value, builder.weights(0.5, INPUTS, outputs), builder.weights(0.5, outputs)));
  }

  private static String step(ModelBuilder builder, String value) {
    return switch (builder.random().nextInt(8)) {
      case 0 -> builder.node("Relu", List.of(value));
      case 1 -> builder.node("LeakyRelu", List.of(value), attribute("alpha", 0.3f));
      case 2 -> builder.node("PRelu", List.of(value, builder.weights(1, INPUTS)));
      case 3 -> builder.node("Abs", List.of(value));
      case 4 -> builder.node("Mul", List.of(value, builder.weights(1, INPUTS)));
      case 5 -> builder.node("Max", List.of(value, layer(builder, value, INPUTS)));
      case 6 -> builder.node("Add", List.of(value, layer(builder, value, INPUTS)));
      default -> layer(builder, value, INPUTS);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"Gemm", "Relu", "MaxPool", "Abs"})
  void compile_oneLayer_isNoWiderThanTheWorstInputNeeds(String operator) {
    ModelBuilder builder = new ModelBuilder(13, new Random(7));
    String value = layer(builder, builder.input("x", 1, INPUTS), 1);
    switch (operator) {
      case "Relu", "Abs" -> value = builder.node(operator, List.of(value));
      case "MaxPool" ->
          value =
              builder.node(
                  "MaxPool",
                  List.of(
                      builder.node(
                          "Reshape", List.of(layer(builder, "x", 4), builder.integers(1, 1, 4)))),
                  list("kernel_shape", 4));
      default -> {
        // the layer alone
      }
    }
    builder.output(value);
    CompiledModel compiled = Compiler.compile(builder.model(), CompilerOptions.defaults());
    runCorners(compiled).verify();
    Map<Integer, Long> largest = magnitudes(compiled);
    for (Program.Step step : compiled.program().steps()) {
      if (step.gate() instanceof Gate.ReluTruncate g) {
        long y = largest.getOrDefault(g.input().id(), 0L) >> g.truncation().shift();
        assertThat(64 - Long.numberOfLeadingZeros(y + 1))
            .isGreaterThanOrEqualTo(g.truncation().value().bits() - 1);
      }
      if (step.gate() instanceof Gate.Truncate g) {
        long y = largest.getOrDefault(g.input().id(), 0L) >> g.truncation().shift();
        assertThat(64 - Long.numberOfLeadingZeros(y + 1))
            .isGreaterThanOrEqualTo(g.truncation().value().bits() - 1);
      }
    }
  }

  @Test
  void compile_deepNetwork_assumedWhereNothingIsProven_calibratedWhereSeen() {
    ModelBuilder builder = new ModelBuilder(13, new Random(9));
    String value = builder.input("x", 1, INPUTS);
    for (int i = 0; i < 40; i++) {
      value = builder.node("Relu", List.of(layer(builder, value, INPUTS)));
    }
    builder.output(value);
    CompiledModel unknown = Compiler.compile(builder.model(), CompilerOptions.defaults());
    assertThat(unknown.report().certainty()).isEqualTo(Certainty.ASSUMED);
    assertThat(unknown.report().toText()).contains("assumed, not proven");
    List<List<FloatTensor>> inputs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      inputs.add(List.copyOf(builder.randomInputs().values()));
    }
    CompilerOptions options = CompilerOptions.defaults().withCalibration(inputs);
    CompiledModel known = Compiler.compile(builder.model(), options);
    assertThat(known.report().certainty()).isEqualTo(Certainty.CALIBRATED);
    assertThat(wireBits(known)).isLessThan(wireBits(unknown) * 3 / 4);
    for (List<FloatTensor> input : inputs) {
      FixedPointRun.run(known, input);
    }
    assertThat(known.report().rows())
        .allMatch(row -> row.spareBits().isEmpty() || row.spareBits().getAsInt() >= 1);
  }

  private static long wireBits(CompiledModel model) {
    return model.program().steps().stream()
        .flatMap(step -> step.gate().outputs().stream())
        .mapToLong(wire -> wire.width().bits())
        .sum();
  }

  private static RangeCheck runCorners(CompiledModel compiled) {
    RangeCheck check = new RangeCheck(compiled.program());
    for (List<RingTensor> corner : corners(compiled.program())) {
      Plaintext.evaluate(compiled.program(), compiled.weights(), corner, check);
    }
    return check;
  }

  private static Map<Integer, Long> magnitudes(CompiledModel compiled) {
    Map<Integer, Long> largest = new HashMap<>();
    for (List<RingTensor> corner : corners(compiled.program())) {
      Plaintext.evaluate(
          compiled.program(),
          compiled.weights(),
          corner,
          (wire, low, high) ->
              largest.merge(wire.id(), Math.max(Math.abs(low), Math.abs(high)), Math::max));
    }
    return largest;
  }

  private static List<List<RingTensor>> corners(Program program) {
    long bound = program.inputs().getFirst().bound();
    List<List<RingTensor>> corners = new ArrayList<>();
    for (int signs = 0; signs < 1 << INPUTS; signs++) {
      long[] values = new long[INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        values[i] = (signs >> i & 1) == 0 ? bound : -bound;
      }
      corners.add(List.of(RingTensor.takeOwnershipOf(Shape.of(1, INPUTS), values)));
    }
    return corners;
  }
}
