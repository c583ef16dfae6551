import { decodeFile } from "../../main/web/input/decode.ts";
import { preprocessSamples } from "../../main/web/input/pipeline.ts";
import { parsePreprocess } from "../../main/web/input/preprocess-parser.ts";
import { DEFAULT_PREPROCESS } from "../../main/web/input/preprocess.ts";
import { open, seal } from "../../main/web/seal/envelope.ts";
import { generateKeys, type KeyPair, pointOfCertificate } from "../../main/web/seal/keys.ts";
import { Purpose } from "../../main/web/seal/purpose.ts";
import { finish } from "../../main/web/session/finishing.ts";
import { checkSeeds, maskInput, unmaskOutputs } from "../../main/web/session/user.ts";
import { fromBase64 } from "../../main/web/wire/bytes.ts";
import { decodeMaskSeeds, wipeSeeds } from "../../main/web/wire/mask-seeds.ts";
import { decodeProgram } from "../../main/web/wire/program.ts";
import { decodeRoundMessage } from "../../main/web/wire/round-message.ts";

/** The client library with bytes as base64, for tests that compare it with the Java client. */
function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function bytesOf(floats: Float32Array): Uint8Array {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}

interface MaskCase {
  name: string;
  file: string;
  /** The other file of a pair. */
  beside?: string;
  yaml: string;
  program: string;
  seeds: string;
}

interface UnmaskCase {
  program: string;
  seeds: string;
  session: string;
  shares: string[];
}

let own: KeyPair;

export async function input({ name, file, beside, yaml, program }: MaskCase): Promise<string> {
  const { inputs } = await decodeProgram(fromBase64(program));
  const preprocess = yaml === "" ? DEFAULT_PREPROCESS : parsePreprocess(yaml);
  const decoded = await decodeFile(name, fromBase64(file), preprocess, beside === undefined ? undefined : fromBase64(beside));
  return toBase64(bytesOf(preprocessSamples(decoded, preprocess, inputs[0].shape)));
}

export async function mask(each: MaskCase): Promise<string> {
  const program = await decodeProgram(fromBase64(each.program));
  const seeds = decodeMaskSeeds(fromBase64(each.seeds));
  checkSeeds(program, seeds);
  const values = new Float32Array(fromBase64(await input(each)).buffer);
  return toBase64((await maskInput(program, seeds, values)).bytes);
}

/** Masks with seeds that were wiped, as after their first use. */
export async function maskWithWipedSeeds(program: string, seeds: string): Promise<string> {
  const decoded = await decodeProgram(fromBase64(program));
  const wiped = decodeMaskSeeds(fromBase64(seeds));
  wipeSeeds(wiped);
  try {
    await maskInput(decoded, wiped, new Float32Array(decoded.inputs[0].count));
    return "masked";
  } catch (refusal) {
    return String(refusal);
  }
}

export async function sealFor(session: string, message: string, pems: string[]): Promise<string> {
  const receivers = pems.map(pointOfCertificate);
  return toBase64(await seal(Purpose.input(session), fromBase64(message), receivers));
}

export async function newKey(): Promise<string> {
  own = await generateKeys();
  return toBase64(own.point);
}

export async function unmask({ program, seeds, session, shares }: UnmaskCase): Promise<string[]> {
  const decoded = await decodeProgram(fromBase64(program));
  const [first, second] = await Promise.all(
    shares.map(async (share, party) =>
      decodeRoundMessage(await open(Purpose.result(session, party), fromBase64(share), own)),
    ),
  );
  const outputs = await unmaskOutputs(decoded, decodeMaskSeeds(fromBase64(seeds)), [first, second]);
  return outputs.map((output, i) => toBase64(bytesOf(finish(decoded.outputs[i], output))));
}

export async function describe(program: string): Promise<string> {
  const { id, version, inputs, outputs } = await decodeProgram(fromBase64(program));
  const wires = [...inputs, ...outputs].map(
    ({ name, shape, scale, count, width }) => `${name} ${shape.join("x")} ${scale} ${count} ${width}`,
  );
  return [toBase64(id), version, ...wires].join("\n");
}
