import { badFile } from "../user-error.ts";
import { decompress } from "../wire/bytes.ts";
import { bytesOf, decodeSamples, type SampleType } from "./sample-type.ts";
import { chooseFrame, countSamples, type Samples } from "./samples.ts";

/** Bytes of the header and of the four that announce extensions. */
const START_BYTES = 352;
const HEADER_BYTES = 348;
const MAX_VOX_OFFSET = 2 ** 26;
const MAX_FILE_BYTES = 2 ** 31;

const TYPES: Record<number, SampleType> = {
  2: "uint8",
  4: "int16",
  8: "int32",
  16: "float32",
  64: "float64",
  256: "int8",
  512: "uint16",
  768: "uint32",
  1024: "int64",
  1280: "uint64",
};

interface Header {
  readonly little: boolean;
  readonly sides: readonly number[];
  readonly frames: number;
  readonly type: SampleType;
  readonly voxOffset: number;
  readonly slope: number;
  readonly intercept: number;
}

/** NIfTI-1 single files, compressed or not whatever their name: the volume as [z, y, x]. */
export async function decodeNifti(
  file: Uint8Array<ArrayBuffer>,
  frame: number | undefined,
): Promise<Samples> {
  const bytes = file[0] === 0x1f && file[1] === 0x8b ? await gunzip(file) : file;
  const header = parseHeader(bytes);
  const voxels = countSamples("the volume", header.sides);
  const frameBytes = voxels * bytesOf(header.type);
  const end = header.voxOffset + header.frames * frameBytes;
  if (bytes.length !== end) {
    throw badFile(`the header announces ${end} bytes, the file has ${bytes.length}`);
  }
  const index = chooseFrame(header.frames, frame);
  const start = header.voxOffset + index * frameBytes;
  const voxelBytes = bytes.subarray(start, start + frameBytes);
  const values = decodeSamples(voxelBytes, header.type, voxels, header.little);
  if (header.slope !== 1 || header.intercept !== 0) {
    for (let i = 0; i < values.length; i++) {
      values[i] = values[i] * header.slope + header.intercept;
    }
  }
  return { kind: "volume", shape: header.sides, values };
}

async function gunzip(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await decompress(file, "gzip", MAX_FILE_BYTES);
  } catch {
    throw badFile("the gzip stream is damaged, truncated or too long");
  }
}

function parseHeader(bytes: Uint8Array): Header {
  if (bytes.length < START_BYTES) {
    throw badFile(`it has ${bytes.length} bytes, a NIfTI-1 header alone has ${START_BYTES}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, START_BYTES);
  const little = byteOrder(view);
  checkMagic(view);
  const dim = dimensions(view, little);
  const code = view.getInt16(70, little);
  const type = TYPES[code];
  if (type === undefined) {
    throw badFile(`offset 70: datatype ${code} is not read; save it as float32`);
  }
  const bits = view.getInt16(72, little);
  if (bits !== 8 * bytesOf(type)) {
    throw badFile(`offset 72: bitpix is ${bits}, datatype ${code} has ${8 * bytesOf(type)}`);
  }
  const voxOffset = view.getFloat32(108, little);
  if (!Number.isInteger(voxOffset) || voxOffset < START_BYTES || voxOffset > MAX_VOX_OFFSET) {
    throw badFile(`offset 108: vox_offset is ${voxOffset}, not a whole number from 352`);
  }
  const slope = scaling(view, 112, little);
  const intercept = scaling(view, 116, little);
  // nifti1.h: a slope of 0 means that the file is not scaled, and the intercept is not used.
  return {
    little,
    sides: [dim[3], dim[2], dim[1]],
    frames: dim[4],
    type,
    voxOffset,
    slope: slope === 0 ? 1 : slope,
    intercept: slope === 0 ? 0 : intercept,
  };
}

function byteOrder(view: DataView): boolean {
  if (view.getInt32(0, true) === HEADER_BYTES) {
    return true;
  }
  if (view.getInt32(0, false) === HEADER_BYTES) {
    return false;
  }
  throw badFile("offset 0: this is not a NIfTI-1 file (NIfTI-2 is not read)");
}

function checkMagic(view: DataView): void {
  const magic = view.getUint32(344);
  if (magic !== 0x6e2b3100) {
    throw badFile("offset 344: magic 'n+1' is missing; save it as a single .nii file");
  }
}

function dimensions(view: DataView, little: boolean): number[] {
  const rank = view.getInt16(40, little);
  if (rank < 1 || rank > 7) {
    throw badFile(`offset 40: dim[0] is ${rank}, it must be 1 to 7`);
  }
  const dim = Array.from({ length: 8 }, (_, i) =>
    i <= rank ? view.getInt16(40 + 2 * i, little) : 1,
  );
  for (let i = 1; i < 8; i++) {
    if (dim[i] < 1 || (i > 4 && dim[i] !== 1)) {
      throw badFile(`offset ${40 + 2 * i}: dim[${i}] is ${dim[i]}`);
    }
  }
  return dim;
}

function scaling(view: DataView, offset: number, little: boolean): number {
  const value = view.getFloat32(offset, little);
  if (!Number.isFinite(value)) {
    throw badFile(`offset ${offset}: the scaling is ${value}; set it to a number`);
  }
  return value;
}
