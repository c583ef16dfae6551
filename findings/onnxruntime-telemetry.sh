#!/usr/bin/env bash
# ONNX Runtime for Java 1.29.0 on Linux records telemetry by default: files in ~/.cache/Microsoft and in the temporary folder, with
# names from the model in them. setTelemetry(false), which can only be called on the loaded library, keeps the model's names out, but
# the files, a device identifier and a record of the process are there by then; ORT_DISABLE_TELEMETRY=1 before loading leaves nothing.
# Exits with 0 while this is so, with 1 if the behaviour has changed. Needs a JDK 17 or newer, Python 3 and Maven Central.
set -euo pipefail

version=1.29.0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

jar=onnxruntime-$version.jar
python3 - "https://repo1.maven.org/maven2/com/microsoft/onnxruntime/onnxruntime/$version/$jar" "$jar" <<'END'
import sys, urllib.request
urllib.request.urlretrieve(sys.argv[1], sys.argv[2])
END

# A model y = Identity(x) whose names are easy to find: protobuf by hand, fields of onnx.proto.
python3 - <<'END'
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
    shape = field(1, field(1, 1))
    return field(1, name) + field(2, field(1, field(1, 1) + field(2, shape)))
node = field(1, "x") + field(2, "y") + field(4, "Identity")
graph = field(1, node) + field(2, "marked-graph") + field(11, tensor("x")) + field(12, tensor("y"))
meta = field(1, "marked-key") + field(2, "marked-value")
model = (field(1, 8) + field(2, "marked-producer") + field(4, "marked.domain")
         + field(7, graph) + field(8, field(2, 17)) + field(14, meta))
open("marked-file.onnx", "wb").write(model)
END

cat > Run.java <<'END'
import ai.onnxruntime.*;
import java.nio.FloatBuffer;
import java.util.Map;

class Run {
  public static void main(String[] arguments) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (arguments.length > 0) {
      environment.setTelemetry(false);
    }
    try (OrtSession session = environment.createSession("marked-file.onnx");
        OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(new float[] {1}), new long[] {1})) {
      session.run(Map.of("x", x)).close();
    }
    System.out.println("ONNX Runtime " + environment.getVersion() + " ran the model");
  }
}
END

run() { # NAME VARIABLE ARGUMENT...: in a home and a temporary folder of its own
  local name=$1 variable=$2
  shift 2
  mkdir -p "$name/home" "$name/tmp"
  env -u ORT_DISABLE_TELEMETRY -u XDG_CACHE_HOME $variable HOME="$work/$name/home" TMPDIR="$work/$name/tmp" \
    java -Djava.io.tmpdir="$work/$name/tmp" -cp "$jar" Run.java "$@" 2> "$name.err"
  echo "  files left: $(find "$name" -type f | wc -l)"
  find "$name" -type f -printf '    %p, %s bytes\n' | sed -E 's/mat-debug-[0-9]+/mat-debug-PID/' | sort
  python3 - "$name/home/.cache/Microsoft/DeveloperTools/.onnxruntime/onnxruntime.db" <<'END'
import os, re, sqlite3, sys
if os.path.exists(sys.argv[1]):
    payloads = [row[0] for row in sqlite3.connect(sys.argv[1]).execute("select payload from events")]
    names = sorted({n.decode() for p in payloads for n in re.findall(rb"ProcessInfo|SessionCreationStart|SessionCreation|RuntimePerf", p)})
    print("    %d records in the queue, of kinds %s" % (len(payloads), ", ".join(names) or "unknown"))
END
  for word in marked-file marked-graph marked-producer marked.domain marked-key marked-value; do
    # grep reads the database and its journal as text.
    if grep -rqaF -- "$word" "$name"; then echo "    contains '$word'"; fi
  done
}

echo "as it comes:"
run default ""
echo "setTelemetry(false) after loading:"
run late "" late
echo "ORT_DISABLE_TELEMETRY=1 before loading:"
run off ORT_DISABLE_TELEMETRY=1

count() { find "$1" -type f | wc -l; }
recorded() { [ -n "$(find "$1/home/.cache/Microsoft" -name onnxruntime.db 2> /dev/null)" ]; }
named() { grep -rqaF -- marked-graph "$1"; }
if recorded default && named default && recorded late && ! named late && [ "$(count off)" = 0 ]; then
  echo "as described: names of the model by default, files after setTelemetry(false), nothing with the variable"
else
  echo "the behaviour has changed" >&2
  exit 1
fi
