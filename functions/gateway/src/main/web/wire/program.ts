import { damaged } from "../user-error.ts";
import { decompress, sha256 } from "./bytes.ts";
import { passGate, type Wires } from "./gates.ts";
import { ByteReader } from "./reader.ts";

const LARGEST_BODY = 512 << 20;
const MOST_ITEMS = 1 << 16;
const MOST_ELEMENTS = 2 ** 31 - 65;

/** What turns the unmasked output into what the model means. */
export type Finish =
  | "none"
  | "arg-max"
  | "log-softmax"
  | "sigmoid"
  | "softmax"
  | "arg-max-dropped"
  | "flat-log-softmax"
  | "flat-softmax";

/** By their codes in the format. */
const FINISHES: readonly Finish[] = [
  "none",
  "arg-max",
  "log-softmax",
  "sigmoid",
  "softmax",
  "arg-max-dropped",
  "flat-log-softmax",
  "flat-softmax",
];

/** An input of a program. */
export interface ProgramInput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly scale: number;
  readonly bound: bigint;
  readonly count: number;
  readonly width: number;
}

/** An output of a program. */
export interface ProgramOutput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly scale: number;
  readonly finish: Finish;
  readonly axis: number;
  readonly count: number;
  readonly width: number;
}

/** What a user needs of a program: what goes in and comes out. */
export interface Program {
  readonly id: Uint8Array<ArrayBuffer>;
  readonly version: string;
  readonly revealsToUser: boolean;
  readonly inputs: readonly ProgramInput[];
  readonly outputs: readonly ProgramOutput[];
}

/** Reads format MWPG. The id is the hash of the inflated body. */
export async function decodeProgram(bytes: Uint8Array): Promise<Program> {
  const file = new ByteReader(bytes, "program");
  file.expectHeader("MWPG");
  const length = file.int();
  if (length > LARGEST_BODY) {
    throw file.malformed(`a body of ${length} bytes`);
  }
  const body = await inflate(file.take(file.remaining()), length);
  return decodeBody(new ByteReader(body, "program body"), await sha256(body));
}

async function inflate(bytes: Uint8Array<ArrayBuffer>, length: number) {
  let body: Uint8Array<ArrayBuffer>;
  try {
    body = await decompress(bytes, "deflate", length);
  } catch {
    throw damaged("program: its body does not inflate");
  }
  if (body.length !== length) {
    throw damaged(`program: its body has ${body.length} bytes, not ${length}`);
  }
  return body;
}

function decodeBody(body: ByteReader, id: Uint8Array<ArrayBuffer>): Program {
  const wires: Wires = new Map();
  body.string();
  const version = body.string();
  const revealsToUser = body.byte() !== 1;
  const inputs = list(body, () => input(body, wires));
  list(body, () => {
    body.string();
    body.skipVarints(1);
    body.byte();
    body.skipVarints(1);
  });
  list(body, () => {
    body.string();
    passGate(body, wires);
  });
  const outputs = list(body, () => output(body, wires));
  body.expectEnd();
  return { id, version, revealsToUser, inputs, outputs };
}

function list<T>(body: ByteReader, item: () => T): T[] {
  return Array.from({ length: body.count(0, MOST_ITEMS) }, item);
}

function shape(body: ByteReader): number[] {
  return Array.from({ length: body.count(0, 64) }, () => body.count(1, MOST_ELEMENTS));
}

function input(body: ByteReader, wires: Wires): ProgramInput {
  const name = body.string();
  const scale = body.count(-64, 64);
  const bound = body.varint();
  const sides = shape(body);
  const wire = body.count(0, MOST_ELEMENTS);
  const width = body.byte();
  const count = sides.reduce((product, side) => product * side, 1);
  wires.set(wire, { count, width });
  return { name, shape: sides, scale, bound, count, width };
}

function output(body: ByteReader, wires: Wires): ProgramOutput {
  const name = body.string();
  const scale = body.count(-64, 64);
  const wire = wires.get(body.count(0, MOST_ELEMENTS));
  const sides = shape(body);
  const finish = FINISHES[body.byte()];
  const axis = body.count(0, 64);
  if (wire === undefined || finish === undefined) {
    throw body.malformed(`output ${name} is not defined`);
  }
  return { name, shape: sides, scale, finish, axis, count: wire.count, width: wire.width };
}
