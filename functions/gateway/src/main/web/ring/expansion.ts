import type { SeedPair } from "../wire/mask-seeds.ts";
import { packedBytes, unpack } from "./packing.ts";
import { RingVector } from "./vector.ts";

const COUNTER_BITS = 128;

/** A wiped seed is zeros, and its mask known to everybody. */
function requireSecret(seed: Uint8Array): void {
  if (seed.reduce((all, byte) => all | byte, 0) === 0) {
    throw new Error("the seed was wiped: a mask serves one input");
  }
}

/** The first `count` values of `width` of a seed: AES-128 in counter mode from block 0. */
async function expand(seed: Uint8Array<ArrayBuffer>, count: number, width: number) {
  requireSecret(seed);
  const key = await crypto.subtle.importKey("raw", seed, "AES-CTR", false, ["encrypt"]);
  const parameters = { name: "AES-CTR", counter: new Uint8Array(16), length: COUNTER_BITS };
  const zeros = new Uint8Array(packedBytes(count, width));
  return unpack(new Uint8Array(await crypto.subtle.encrypt(parameters, key, zeros)), count, width);
}

/** A mask: the sum of both parties' halves. */
export async function expandMask(
  seeds: SeedPair,
  count: number,
  width: number,
): Promise<RingVector> {
  const first = await expand(seeds.party0, count, width);
  const second = await expand(seeds.party1, count, width);
  first.add(second);
  second.wipe();
  return first;
}
