package io.maskwire.crypto.wire;

import io.maskwire.crypto.ir.Program;
import io.maskwire.crypto.ir.WeightTensor;
import io.maskwire.crypto.ir.Wire;
import io.maskwire.crypto.ring.BitWidth;
import io.maskwire.crypto.ring.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.InflaterInputStream;

/**
 * {@code program.bin}: magic, version, then a deflated body, whose SHA-256 is the {@link
 * ProgramId}.
 */
public final class ProgramCodec {
  private static final int MAGIC = 0x4d575047; // MWPG
  private static final int VERSION = 1;

  /** Largest body after inflation: bounds what a small file can make the reader allocate. */
  private static final int LARGEST_BODY = 1 << 29;

  private static final int MOST_ITEMS = 1 << 20;

  private ProgramCodec() {}

  /** The bytes of {@code program}. */
  public static byte[] encode(Program program) {
    byte[] body = encodeBody(program);
    ByteWriter file = new ByteWriter(body.length / 2);
    file.putInt(MAGIC).putShort(VERSION).putInt(body.length);
    return file.putBytes(deflate(body)).toBytes();
  }

  private static byte[] encodeBody(Program program) {
    ByteWriter body = new ByteWriter(1 << 16);
    body.putString(program.model()).putString(program.version()).putByte(code(program.reveal()));
    body.putVarint(program.inputs().size());
    for (Program.Input input : program.inputs()) {
      body.putString(input.name()).putVarint(input.scale()).putVarint(input.bound());
      putShape(body, input.shape());
      body.putVarint(input.wire().id()).putByte(input.wire().width().bits());
    }
    body.putVarint(program.weights().size());
    for (WeightTensor weight : program.weights()) {
      body.putString(weight.name()).putVarint(weight.count());
      body.putByte(weight.width().bits()).putVarint(weight.scale());
    }
    body.putVarint(program.steps().size());
    for (Program.Step step : program.steps()) {
      body.putString(step.node());
      GateCodec.encode(step.gate(), body);
    }
    body.putVarint(program.outputs().size());
    for (Program.Output output : program.outputs()) {
      body.putString(output.name()).putVarint(output.scale()).putVarint(output.wire().id());
      putShape(body, output.shape());
      body.putByte(code(output.finish())).putVarint(output.axis());
    }
    return body.toBytes();
  }

  /**
   * The program in {@code bytes}.
   *
   * @throws ProtocolException if they are no program, or an inconsistent one
   */
  public static Program decode(byte[] bytes) {
    ByteReader body = new ByteReader(body(bytes), "program body");
    try {
      Program program = decodeBody(body);
      body.expectEnd();
      return program;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ProtocolException(
          ErrorCode.MALFORMED, "program is inconsistent: " + e.getMessage(), e);
    }
  }

  private static byte[] body(byte[] bytes) {
    ByteReader file = new ByteReader(bytes, "program");
    file.expectHeader(MAGIC, VERSION);
    int length = file.getInt();
    if (length < 0 || length > LARGEST_BODY) {
      throw file.malformed("a body of " + length + " bytes");
    }
    return inflate(file, length);
  }

  private static Program decodeBody(ByteReader body) {
    WireTable wires = new WireTable(body);
    String model = body.getString();
    String version = body.getString();
    Program.Reveal reveal = reveal(body);
    List<Program.Input> inputs = new ArrayList<>();
    for (int i = body.getCount(0, MOST_ITEMS); i > 0; i--) {
      String name = body.getString();
      int scale = body.getCount(-64, 64);
      long bound = body.getVarint();
      Shape shape = getShape(body);
      int id = body.getCount(0, Integer.MAX_VALUE);
      BitWidth width = BitWidth.of(body.getByte());
      Wire.Masked wire = wires.define(new Wire.Masked(id, shape.elements(), width));
      inputs.add(new Program.Input(name, shape, scale, bound, wire));
    }
    List<WeightTensor> weights = new ArrayList<>();
    for (int i = body.getCount(0, MOST_ITEMS); i > 0; i--) {
      String name = body.getString();
      int count = body.getCount(1, Integer.MAX_VALUE - 64);
      BitWidth width = BitWidth.of(body.getByte());
      weights.add(new WeightTensor(name, count, width, body.getCount(-64, 64)));
    }
    List<Program.Step> steps = new ArrayList<>();
    for (int i = body.getCount(0, MOST_ITEMS); i > 0; i--) {
      steps.add(new Program.Step(body.getString(), GateCodec.decode(body, wires)));
    }
    List<Program.Output> outputs = new ArrayList<>();
    for (int i = body.getCount(0, MOST_ITEMS); i > 0; i--) {
      String name = body.getString();
      int scale = body.getCount(-64, 64);
      Wire.Shared wire = wires.shared(body.getCount(0, Integer.MAX_VALUE));
      Shape shape = getShape(body);
      Program.Finish finish = finish(body);
      outputs.add(new Program.Output(name, shape, scale, finish, body.getCount(0, 64), wire));
    }
    return new Program(model, version, reveal, inputs, weights, steps, outputs);
  }

  /** SHA-256 of the encoding before it is deflated, since deflaters differ. */
  public static ProgramId idOf(byte[] encoded) {
    return new ProgramId(Sha256.of(body(encoded)));
  }

  /** The id that the encoding of {@code program} has. */
  public static ProgramId idOf(Program program) {
    return new ProgramId(Sha256.of(encodeBody(program)));
  }

  private static void putShape(ByteWriter writer, Shape shape) {
    writer.putVarint(shape.rank());
    shape.dimensions().forEach(writer::putVarint);
  }

  private static Shape getShape(ByteReader reader) {
    List<Integer> dimensions = new ArrayList<>();
    for (int i = reader.getCount(0, 64); i > 0; i--) {
      dimensions.add(reader.getCount(1, Integer.MAX_VALUE - 64));
    }
    return new Shape(dimensions);
  }

  private static int code(Program.Reveal reveal) {
    return switch (reveal) {
      case USER -> 0;
      case OWNER -> 1;
      case BOTH -> 2;
    };
  }

  private static Program.Reveal reveal(ByteReader reader) {
    int code = reader.getByte();
    return switch (code) {
      case 0 -> Program.Reveal.USER;
      case 1 -> Program.Reveal.OWNER;
      case 2 -> Program.Reveal.BOTH;
      default -> throw reader.malformed("no reveal policy " + code);
    };
  }

  private static int code(Program.Finish finish) {
    return switch (finish) {
      case NONE -> 0;
      case ARG_MAX -> 1;
      case LOG_SOFTMAX -> 2;
      case SIGMOID -> 3;
      case SOFTMAX -> 4;
      case ARG_MAX_DROPPED -> 5;
      case FLAT_LOG_SOFTMAX -> 6;
      case FLAT_SOFTMAX -> 7;
    };
  }

  private static Program.Finish finish(ByteReader reader) {
    int code = reader.getByte();
    return switch (code) {
      case 0 -> Program.Finish.NONE;
      case 1 -> Program.Finish.ARG_MAX;
      case 2 -> Program.Finish.LOG_SOFTMAX;
      case 3 -> Program.Finish.SIGMOID;
      case 4 -> Program.Finish.SOFTMAX;
      case 5 -> Program.Finish.ARG_MAX_DROPPED;
      case 6 -> Program.Finish.FLAT_LOG_SOFTMAX;
      case 7 -> Program.Finish.FLAT_SOFTMAX;
      default -> throw reader.malformed("no finishing operator " + code);
    };
  }

  private static byte[] deflate(byte[] body) {
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(body);
      deflater.finish();
      ByteWriter deflated = new ByteWriter(body.length / 4);
      byte[] chunk = new byte[1 << 16];
      while (!deflater.finished()) {
        int length = deflater.deflate(chunk);
        deflated.putBytes(Arrays.copyOf(chunk, length));
      }
      return deflated.toBytes();
    }
  }

  private static byte[] inflate(ByteReader file, int length) {
    byte[] deflated = file.getBytes(file.remaining());
    try (InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      byte[] body = stream.readNBytes(length);
      if (body.length != length || stream.read() != -1) {
        throw file.malformed("the body does not have the " + length + " bytes that it claims");
      }
      return body;
    } catch (IOException e) {
      throw new ProtocolException(
          ErrorCode.MALFORMED, "program is damaged: its body does not inflate", e);
    }
  }
}
