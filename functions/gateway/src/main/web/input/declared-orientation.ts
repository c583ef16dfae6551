import { badFile } from "../user-error.ts";
import { bring } from "./orientation.ts";
import type { Doubt, Samples } from "./samples.ts";

/**
 * A volume in the orientation that the model declares. Where either of the two, model and file,
 * does not say which side is left, it is taken as it is, with a doubt that the user is told of.
 */
export function applyOrientation<T extends Samples>(samples: T, declared: string | undefined): T {
  const { directions, doubts = [] } = samples;
  if (directions === undefined) {
    return samples;
  }
  const doubt = doubtOf(samples, declared);
  const doubted = doubt === undefined ? samples : { ...samples, doubts: [...doubts, doubt] };
  if (declared === undefined) {
    return doubted;
  }
  if (directions.order === undefined) {
    throw badFile(`${directions.problem}; the model wants ${declared}`);
  }
  return bring(doubted, directions.order, declared);
}

function doubtOf({ directions }: Samples, declared: string | undefined): Doubt | undefined {
  if (directions === undefined) {
    return undefined;
  }
  if (directions.order === undefined) {
    return { doubt: "unusable-order", details: { problem: directions.problem } };
  }
  const { order, said } = directions;
  if (!said) {
    return { doubt: declared === undefined ? "no-order" : "assumed-order", details: { order } };
  }
  return declared === undefined ? { doubt: "undeclared-order", details: { order } } : undefined;
}
