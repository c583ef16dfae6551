#!/usr/bin/env bash
# ONNX Runtime for Java 1.29.0: its default optimiser moves a Pad with zeros into the MaxPool that follows, whose own padding counts as
# minus infinity. Where all values of a window are negative, the result is the largest of them instead of zero. NO_OPT gives zero.
# Exits with 0 while this is so, with 1 if the behaviour has changed. Needs a JDK 17 or newer, Python 3 and Maven Central.
set -euo pipefail

version=1.29.0
export ORT_DISABLE_TELEMETRY=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

jar=onnxruntime-$version.jar
python3 - "https://repo1.maven.org/maven2/com/microsoft/onnxruntime/onnxruntime/$version/$jar" "$jar" <<'END'
import sys, urllib.request
urllib.request.urlretrieve(sys.argv[1], sys.argv[2])
END

# y = MaxPool(Pad(x)), x of shape [1, 1, 2, 2], one zero around it, a kernel of 2 x 2 and strides of 2: protobuf by hand, fields of onnx.proto.
python3 - <<'END'
import struct
def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128]); n >>= 7
    return out + bytes([n])
def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value
def tensor(name):
    shape = b"".join(field(1, field(1, side)) for side in (1, 1, 2, 2))
    return field(1, name) + field(2, field(1, field(1, 1) + field(2, shape)))
def ints(name, *values):
    return field(5, field(1, name) + b"".join(field(8, v) for v in values) + field(20, 7))
pads = field(1, 8) + field(2, 7) + field(8, "pads") + field(9, struct.pack("<8q", 0, 0, 1, 1, 0, 0, 1, 1))
zero = field(2, 1) + field(8, "zero") + field(9, struct.pack("<f", 0))
pad = field(1, "x") + field(1, "pads") + field(1, "zero") + field(2, "padded") + field(3, "pad") + field(4, "Pad")
pool = field(1, "padded") + field(2, "y") + field(3, "pool") + field(4, "MaxPool") + ints("kernel_shape", 2, 2) + ints("strides", 2, 2)
graph = (field(1, pad) + field(1, pool) + field(2, "g") + field(5, pads) + field(5, zero)
         + field(11, tensor("x")) + field(12, tensor("y")))
open("model.onnx", "wb").write(field(1, 8) + field(7, graph) + field(8, field(2, 17)))
END

cat > Run.java <<'END'
import ai.onnxruntime.*;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

class Run {
  public static void main(String[] arguments) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    System.out.println("ONNX Runtime " + environment.getVersion() + ", x = [-1, -2, -3, -4], padded with zeros");
    float[] fast = run(environment, OrtSession.SessionOptions.OptLevel.ALL_OPT);
    float[] plain = run(environment, OrtSession.SessionOptions.OptLevel.NO_OPT);
    boolean asDescribed =
        Arrays.equals(plain, new float[] {0, 0, 0, 0}) && Arrays.equals(fast, new float[] {-1, -2, -3, -4});
    System.exit(asDescribed ? 0 : 1);
  }

  static float[] run(OrtEnvironment environment, OrtSession.SessionOptions.OptLevel level) throws Exception {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      try (OrtSession session = environment.createSession("model.onnx", options);
          OnnxTensor x =
              OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(new float[] {-1, -2, -3, -4}), new long[] {1, 1, 2, 2});
          OrtSession.Result result = session.run(Map.of("x", x))) {
        float[] y = new float[4];
        ((OnnxTensor) result.get(0)).getFloatBuffer().get(y);
        System.out.println("  " + level + ": " + Arrays.toString(y));
        return y;
      }
    }
  }
}
END

if java -cp "$jar" Run.java 2> err.txt; then
  echo "as described: the standard's zeros without optimisation, negative numbers with the default"
else
  cat err.txt >&2
  echo "the behaviour has changed" >&2
  exit 1
fi
