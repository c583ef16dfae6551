import type { ProgramOutput } from "../wire/program.ts";
import { softmax } from "./finishing.ts";

/** A class of a result. */
export interface Ranked {
  readonly index: number;
  readonly label: string;
  /** What the network gives. */
  readonly value: number;
  /** 0 to 1, for a bar. */
  readonly share: number;
}

/** What the values of a result are, for its legend. */
export type Meaning = "index" | "log-probability" | "probability" | "score";

/** The classes of a model's first output by falling value; equal values keep their order. */
export interface Ranking {
  readonly meaning: Meaning;
  readonly classes: readonly Ranked[];
}

/** Ranks the finished first output. */
export function rank(
  output: ProgramOutput,
  values: Float32Array,
  labels: readonly string[],
): Ranking {
  const label = (index: number): string => labels[index] ?? String(index);
  // An ArgMax of the network itself is the one kind of output without fractional bits.
  if (
    output.finish === "arg-max" ||
    output.finish === "arg-max-dropped" ||
    output.scale === 0
  ) {
    const index = values[0];
    return { meaning: "index", classes: [{ index, label: label(index), value: index, share: 1 }] };
  }
  const shares = sharesOf(output, values);
  const classes = Array.from(values, (value, index) => ({
    index,
    label: label(index),
    value,
    share: shares[index],
  }));
  classes.sort((a, b) => b.value - a.value);
  return { meaning: meaningOf(output), classes };
}

function meaningOf(output: ProgramOutput): Meaning {
  switch (output.finish) {
    case "flat-softmax":
    case "softmax":
    case "sigmoid":
      return "probability";
    case "flat-log-softmax":
    case "log-softmax":
      return "log-probability";
    default:
      return "score";
  }
}

function sharesOf(output: ProgramOutput, values: Float32Array): readonly number[] {
  switch (output.finish) {
    case "flat-softmax":
    case "softmax":
    case "sigmoid":
      return Array.from(values);
    case "flat-log-softmax":
    case "log-softmax":
      return Array.from(values, Math.exp);
    default:
      return softmax(Array.from(values));
  }
}
