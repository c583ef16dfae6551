import { decode } from "../ring/fixed-point.ts";
import type { RingVector } from "../ring/vector.ts";
import type { ProgramOutput } from "../wire/program.ts";

/** What an unmasked output means: decoded, then the model's last operator. */
export function finish(output: ProgramOutput, unmasked: RingVector): Float32Array {
  const decoded = decode(unmasked, output.scale, output.width);
  switch (output.finish) {
    case "none":
      return decoded;
    case "sigmoid":
      return decoded.map((value) => 1 / (1 + Math.exp(-value)));
    case "arg-max":
    case "arg-max-dropped":
      return Float32Array.from(rows(output, decoded), (row) => largest(row.values));
    case "flat-log-softmax":
    case "log-softmax":
      return overRows(output, decoded, logSoftmax);
    case "flat-softmax":
    case "softmax":
      return overRows(output, decoded, softmax);
  }
}

interface Row {
  readonly values: number[];
  readonly positions: number[];
}

/** The lines along the output's axis; flat ones go on over all axes after it. */
function rows({ shape, axis, finish }: ProgramOutput, values: Float32Array): Row[] {
  const after = shape.slice(axis + 1).reduce((count, side) => count * side, 1);
  const flat = finish === "flat-log-softmax" || finish === "flat-softmax";
  const length = (shape[axis] ?? 1) * (flat ? after : 1);
  const inner = flat ? 1 : after;
  const lines = values.length / length;
  return Array.from({ length: lines }, (_, line) => {
    const start = Math.floor(line / inner) * length * inner + (line % inner);
    const positions = Array.from({ length }, (__, i) => start + i * inner);
    return { positions, values: positions.map((position) => values[position]) };
  });
}

function overRows(
  output: ProgramOutput,
  decoded: Float32Array,
  operator: (row: readonly number[]) => number[],
): Float32Array {
  const result = decoded.slice();
  for (const { positions, values } of rows(output, decoded)) {
    operator(values).forEach((value, i) => (result[positions[i]] = value));
  }
  return result;
}

/** The first of the largest. */
function largest(row: readonly number[]): number {
  return row.reduce((best, value, i) => (value > row[best] ? i : best), 0);
}

function logSoftmax(row: readonly number[]): number[] {
  const maximum = row[largest(row)];
  const sum = row.reduce((total, value) => total + Math.exp(value - maximum), 0);
  return row.map((value) => value - maximum - Math.log(sum));
}

export function softmax(row: readonly number[]): number[] {
  return logSoftmax(row).map(Math.exp);
}
