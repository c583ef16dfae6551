import { expandMask } from "../ring/expansion.ts";
import { encode } from "../ring/fixed-point.ts";
import { packedBytes, unpack } from "../ring/packing.ts";
import type { RingVector } from "../ring/vector.ts";
import { damaged, UserError } from "../user-error.ts";
import { equalBytes, toHex } from "../wire/bytes.ts";
import type { MaskSeeds } from "../wire/mask-seeds.ts";
import { encodeMaskedInput } from "../wire/masked-input.ts";
import type { Program } from "../wire/program.ts";
import type { RoundMessage } from "../wire/round-message.ts";

/** Refuses seeds that were dealt for something else. */
export function checkSeeds(program: Program, seeds: MaskSeeds): void {
  if (!equalBytes(program.id, seeds.program)) {
    throw damaged("the masks were dealt for another program");
  }
  if (seeds.inputs.length !== program.inputs.length) {
    throw damaged(`${seeds.inputs.length} input masks for ${program.inputs.length} inputs`);
  }
  if (seeds.outputs.length !== 0 && seeds.outputs.length !== program.outputs.length) {
    throw damaged(`${seeds.outputs.length} output masks for ${program.outputs.length} outputs`);
  }
}

/** Refuses seeds of another session: its input would be under the same mask as this one. */
export function checkSession(seeds: MaskSeeds, opened: string): void {
  const session = toHex(seeds.session);
  if (session !== opened) {
    throw damaged(`the masks are of session ${session}, session ${opened} was opened`);
  }
}

/** The masked input's bytes, and its values for those who want to look at them. */
export interface Masked {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly values: RingVector;
}

/** x^ = x + r for the model's only input; reduced to the wire's width when it is packed. */
export async function maskInput(
  program: Program,
  seeds: MaskSeeds,
  input: Float32Array,
): Promise<Masked> {
  const { scale, bound, count, width } = program.inputs[0];
  const values = encode(input, scale, bound);
  const mask = await expandMask(seeds.inputs[0], count, width);
  values.add(mask);
  mask.wipe();
  return { bytes: encodeMaskedInput(program, seeds, [values]), values };
}

/** The outputs, signed at their wires' widths, from both parties' result shares. */
export async function unmaskOutputs(
  program: Program,
  seeds: MaskSeeds,
  shares: readonly [RoundMessage, RoundMessage],
): Promise<RingVector[]> {
  if (seeds.outputs.length === 0) {
    throw new UserError("not-revealed");
  }
  shares.forEach((share, party) => {
    if (share.role !== party || !equalBytes(share.session, seeds.session)) {
      throw damaged(`what should be party ${party}'s result share is none of this session`);
    }
  });
  if (!equalBytes(shares[0].transcript, shares[1].transcript)) {
    throw damaged("the parties' result shares are of different runs");
  }
  const outputs: RingVector[] = [];
  let start = 0;
  for (const [i, { count, width }] of program.outputs.entries()) {
    const end = start + packedBytes(count, width);
    const [value, other] = shares.map((share) =>
      unpack(share.payload.subarray(start, end), count, width),
    );
    const mask = await expandMask(seeds.outputs[i], count, width);
    outputs.push(value.add(other).subtract(mask));
    mask.wipe();
    start = end;
  }
  if (shares.some((share) => share.payload.length !== start)) {
    throw damaged(`a result share does not have ${start} bytes`);
  }
  return outputs;
}
