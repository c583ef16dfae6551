import { badFile } from "../user-error.ts";
import { ByteSource } from "./byte-source.ts";
import { bytesOf, decodeSamples, type SampleType } from "./sample-type.ts";
import { countSamples, type Samples } from "./samples.ts";

const MAGIC = "\u0093NUMPY";
const MAX_HEADER_BYTES = 1 << 16;
const MAX_RANK = 32;

const TYPES: Record<string, SampleType> = {
  b1: "bool",
  f2: "float16",
  f4: "float32",
  f8: "float64",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
};

/** NumPy's .npy, versions 1.0 to 3.0, row major whatever order the file has. */
export function decodeNpy(bytes: Uint8Array<ArrayBuffer>): Samples {
  const source = new ByteSource(bytes);
  if (source.ascii(MAGIC.length, "the magic string") !== MAGIC) {
    throw badFile("offset 0: not a .npy file (no \\x93NUMPY)");
  }
  const text = headerText(source);
  const type = sampleType(entry(text, "descr", /'([^']*)'/));
  const little = !entry(text, "descr", /'([^']*)'/).startsWith(">");
  const fortranOrder = entry(text, "fortran_order", /(True|False)/) === "True";
  const shape = parseShape(entry(text, "shape", /\(([0-9,\s]*)\)/));
  const count = countSamples(`shape (${shape.join(", ")})`, shape);
  if (count * bytesOf(type) !== source.remaining()) {
    throw source.error(
      `shape (${shape.join(", ")}) needs ${count * bytesOf(type)} bytes, the file has ${source.remaining()}`,
    );
  }
  const values = decodeSamples(source.rest(), type, count, little);
  return { kind: "tensor", shape, values: fortranOrder ? toRowMajor(values, shape) : values };
}

function headerText(source: ByteSource): string {
  const major = source.u8("the format version");
  const minor = source.u8("the format version");
  if (major < 1 || major > 3 || minor !== 0) {
    throw source.error(`format version ${major}.${minor} is unknown`);
  }
  const length = major === 1 ? source.u16("the header length") : source.u32("the header length");
  if (length > MAX_HEADER_BYTES) {
    throw source.error(`a header of ${length} bytes is too long`);
  }
  const text = source.ascii(length, "the header").trim();
  const ENTRIES =
    /^\{(\s*'(descr|fortran_order|shape)'\s*:\s*('[^']*'|True|False|\([0-9,\s]*\))\s*(,|(?=\})))*\s*\}$/;
  if (!ENTRIES.test(text) || text.split(":").length !== 4) {
    throw source.error("the header must have descr, fortran_order and shape once each");
  }
  return text;
}

function entry(header: string, key: string, value: RegExp): string {
  const found = new RegExp(`'${key}'\\s*:\\s*${value.source}`).exec(header)?.[1];
  if (found === undefined) {
    throw badFile(`the header has no ${key}`);
  }
  return found;
}

function sampleType(descr: string): SampleType {
  const type = TYPES[descr.slice(1)];
  const ordered = /^[<>]/.test(descr) || /^\|[biu]1$/.test(descr);
  if (type === undefined || !ordered) {
    throw badFile(`numbers of type '${descr.slice(0, 20)}' are not read; save them as float32`);
  }
  return type;
}

function parseShape(text: string): number[] {
  const parts = text.trim() === "" ? [] : text.trim().replace(/,$/, "").split(",");
  if (parts.length > MAX_RANK || parts.some((part) => !/^\s*[0-9]{1,9}\s*$/.test(part))) {
    throw badFile(`shape (${text.slice(0, 80)}) is malformed or too large`);
  }
  return parts.map(Number);
}

function toRowMajor(columnMajor: Float64Array, shape: readonly number[]): Float64Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((n, side) => n * side, 1));
  const values = new Float64Array(columnMajor.length);
  const index = shape.map(() => 0);
  let target = 0;
  for (const value of columnMajor) {
    values[target] = value;
    for (let axis = 0; axis < index.length; axis++) {
      target += strides[axis];
      if (++index[axis] < shape[axis]) {
        break;
      }
      target -= strides[axis] * index[axis];
      index[axis] = 0;
    }
  }
  return values;
}
