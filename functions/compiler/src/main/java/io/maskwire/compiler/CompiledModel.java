package io.maskwire.compiler;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ring.RingTensor;
import java.util.List;

/** A compiled model: everything but the weights is public. */
public final class CompiledModel {
  private final Program program;
  private final List<RingTensor> weights;
  private final byte[] strippedOnnx;
  private final CompileReport report;

  CompiledModel(
      Program program, List<RingTensor> weights, byte[] strippedOnnx, CompileReport report) {
    this.program = program;
    this.weights = List.copyOf(weights);
    this.strippedOnnx = strippedOnnx.clone();
    this.report = report;
  }

  /** What the parties run. */
  public Program program() {
    return program;
  }

  /** The owner's weights, encoded and signed, in the program's order. Secret. */
  public List<RingTensor> weights() {
    return weights;
  }

  /** The model with its parameters turned into inputs. */
  public byte[] strippedOnnx() {
    return strippedOnnx.clone();
  }

  /** Widths and why they are enough. */
  public CompileReport report() {
    return report;
  }
}
