import type { ByteReader } from "./reader.ts";

/** Elements and width of each wire, by number. */
export type Wires = Map<number, { count: number; width: number }>;

const MOST = 2 ** 31 - 1;

/**
 * Passes over a gate, of which a user needs only the wires that it defines. Tags and fields are those
 * of docs/PROTOCOLS.md, "Program".
 */
export function passGate(from: ByteReader, wires: Wires): void {
  const tag = from.byte();
  switch (tag) {
    case 1: // Combine: constant, terms of wire and coefficient
      from.skipVarints(1);
      from.skipVarints(2 * from.count(1, MOST));
      return defineEither(from, wires);
    case 2: // Constant: weight
      from.skipVarints(1);
      return define(from, wires);
    case 3: // Gather: sources, output, index map
      from.skipVarints(from.count(1, MOST));
      defineEither(from, wires);
      from.skipVarints(1);
      return from.skipVarints(from.count(1, MOST));
    case 4: // Linear: input, weight, map, bias
      from.skipVarints(2);
      passMap(from);
      from.skipVarints(from.byte() === 0 ? 0 : 2);
      return define(from, wires);
    case 5: // Multiply: both factors
      from.skipVarints(2);
      return define(from, wires);
    case 6: // Open: input
      from.skipVarints(1);
      return define(from, wires);
    case 7: // PiecewiseLinear: input, compared width, pieces of slope and threshold
      from.skipVarints(1);
      from.byte();
      from.skipVarints(2 * from.count(1, MOST));
      return define(from, wires);
    case 8: // ReluTruncate: input, truncation
      from.skipVarints(1);
      from.take(3);
      return define(from, wires);
    case 9: // Select: condition, compared width, payloads, results
      return passSelect(from, wires);
    case 10: // Table: input, entries
      from.skipVarints(1);
      from.skipVarints(from.count(2, MOST));
      return define(from, wires);
    case 11: // Truncate: input, truncation, carry
      from.skipVarints(1);
      from.take(4);
      return define(from, wires);
    default:
      throw from.malformed(`no gate ${tag}`);
  }
}

function passSelect(from: ByteReader, wires: Wires): void {
  from.skipVarints(1);
  from.byte();
  const payloads = from.count(1, MOST);
  from.skipVarints(payloads);
  for (let i = 0; i < payloads; i++) {
    define(from, wires);
  }
}

function define(from: ByteReader, wires: Wires): void {
  const id = from.count(0, MOST);
  const count = from.count(1, MOST);
  wires.set(id, { count, width: from.byte() });
}

function defineEither(from: ByteReader, wires: Wires): void {
  from.byte();
  define(from, wires);
}

/** Convolution: 4 channel counts and 6 extents of 3; dense and scaling: 3 numbers. */
function passMap(from: ByteReader): void {
  const tag = from.byte();
  if (tag < 1 || tag > 3) {
    throw from.malformed(`no linear map ${tag}`);
  }
  from.skipVarints(tag === 1 ? 4 + 6 * 3 : 3);
}
