#!/usr/bin/env bash
# ONNX: auto_pad SAME_UPPER pads so that the output has ceil(input / stride) values, and pad_shape counts the dilated kernel.
# ONNX Runtime leaves dilations out of the pads of MaxPool. Needs a JDK 25 (JAVA_HOME or on the path) and curl.
set -euo pipefail

version=1.29.0
sha256=5933bbc0c6c4d89afc04bf7c11011de23a947509c1352e5bf5936e62a84e4d10
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
export ORT_DISABLE_TELEMETRY=1
jar=$folder/onnxruntime.jar
curl -fsSL -o "$jar" \
  "https://repo1.maven.org/maven2/com/microsoft/onnxruntime/onnxruntime/$version/onnxruntime-$version.jar"
echo "$sha256  $jar" | sha256sum --check --quiet

cat >"$folder/MaxPoolSameDilation.java" <<'JAVA'
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes a model of one MaxPool as protobuf, by hand, and runs it. */
public class MaxPoolSameDilation {
  /** A field of bytes. */
  static byte[] field(int number, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.writeBytes(varint(number << 3 | 2));
    field.writeBytes(varint(content.size()));
    field.writeBytes(content.toByteArray());
    return field.toByteArray();
  }

  static byte[] field(int number, String text) {
    return field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of one whole number. */
  static byte[] number(int number, int value) {
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.writeBytes(varint(number << 3));
    field.writeBytes(varint(value));
    return field.toByteArray();
  }

  static byte[] varint(int value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (; value > 127; value >>>= 7) {
      bytes.write(value & 127 | 128);
    }
    bytes.write(value);
    return bytes.toByteArray();
  }

  /** AttributeProto of type INTS. */
  static byte[] integers(String name, int value) {
    return field(5, field(1, name), number(8, value), number(20, 7));
  }

  /** ValueInfoProto of floats: [1, 1, length], or of any shape if length is 0. */
  static byte[] value(int number, String name, int length) {
    byte[] shape =
        length == 0
            ? new byte[0]
            : field(
                2,
                field(1, number(1, 1)),
                field(1, number(1, 1)),
                field(1, number(1, length)));
    return field(number, field(1, name), field(2, field(1, number(1, 1), shape)));
  }

  public static void main(String[] arguments) throws Exception {
    byte[] mode = field(5, field(1, "auto_pad"), field(4, "SAME_UPPER"), number(20, 3));
    byte[] node =
        field(
            1,
            field(1, "x"),
            field(2, "y"),
            field(4, "MaxPool"),
            integers("kernel_shape", 2),
            integers("dilations", 2),
            mode);
    byte[] graph = field(7, node, field(2, "pool"), value(11, "x", 5), value(12, "y", 0));
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    model.writeBytes(number(1, 8));
    model.writeBytes(graph);
    model.writeBytes(field(8, field(1, ""), number(2, 12)));

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session = environment.createSession(model.toByteArray(), options);
          OnnxTensor x =
              OnnxTensor.createTensor(
                  environment,
                  FloatBuffer.wrap(new float[] {1, 5, 2, 4, 3}),
                  new long[] {1, 1, 5});
          OrtSession.Result result = session.run(Map.of("x", x))) {
        OnnxTensor y = (OnnxTensor) result.get(0);
        float[] values = new float[(int) y.getInfo().getNumElements()];
        y.getFloatBuffer().get(values);
        System.out.println("ONNX Runtime " + environment.getVersion());
        System.out.println("x = [1, 5, 2, 4, 3], MaxPool-12, kernel 2, dilation 2, SAME_UPPER");
        System.out.println("y = " + Arrays.toString(values) + ", " + values.length + " values");
        System.out.println("standard: 5 values, [5, 2, 5, 3, 4]");
        if (values.length != 4) {
          System.out.println("the behaviour has changed");
          System.exit(1);
        }
      }
    }
  }
}
JAVA

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" --enable-native-access=ALL-UNNAMED -cp "$jar" "$folder/MaxPoolSameDilation.java"
