import { pack } from "../ring/packing.ts";
import type { RingVector } from "../ring/vector.ts";
import { ascii, bigEndian, concat } from "./bytes.ts";
import type { MaskSeeds } from "./mask-seeds.ts";
import type { Program } from "./program.ts";

/** Format MWIN: every input under its mask, packed to its wire's width. */
export function encodeMaskedInput(
  program: Program,
  seeds: MaskSeeds,
  masked: readonly RingVector[],
): Uint8Array<ArrayBuffer> {
  const header = [ascii("MWIN"), bigEndian(1, 2), seeds.program, seeds.session];
  return concat(...header, ...masked.map((values, i) => pack(values, program.inputs[i].width)));
}
