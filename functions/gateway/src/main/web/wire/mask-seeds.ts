import { crc32c } from "./crc.ts";
import { ByteReader } from "./reader.ts";

const SEED_BYTES = 16;

/** The seeds of both halves of a mask: secret. */
export interface SeedPair {
  readonly party0: Uint8Array<ArrayBuffer>;
  readonly party1: Uint8Array<ArrayBuffer>;
}

/** What the dealer gives for one session: for each input and output the seeds of its mask. */
export interface MaskSeeds {
  readonly program: Uint8Array<ArrayBuffer>;
  readonly session: Uint8Array<ArrayBuffer>;
  readonly inputs: readonly SeedPair[];
  readonly outputs: readonly SeedPair[];
}

/** Reads format MWSM. */
export function decodeMaskSeeds(bytes: Uint8Array): MaskSeeds {
  const reader = new ByteReader(bytes, "mask seeds");
  reader.expectHeader("MWSM");
  const program = reader.take(32);
  const session = reader.take(16);
  const inputCount = reader.short();
  const outputCount = reader.short();
  const pairs = (count: number): SeedPair[] =>
    Array.from({ length: count }, () => ({
      party0: reader.take(SEED_BYTES),
      party1: reader.take(SEED_BYTES),
    }));
  const inputs = pairs(inputCount);
  const outputs = pairs(outputCount);
  const expected = crc32c(bytes.subarray(0, reader.offset()));
  if (reader.int() !== expected) {
    throw reader.malformed("the checksum does not match");
  }
  reader.expectEnd();
  return { program, session, inputs, outputs };
}

/** Overwrites all seeds. */
export function wipeSeeds(seeds: MaskSeeds): void {
  for (const pair of [...seeds.inputs, ...seeds.outputs]) {
    pair.party0.fill(0);
    pair.party1.fill(0);
  }
}
