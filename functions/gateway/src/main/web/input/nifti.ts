import { badFile } from "../user-error.ts";
import { gunzip, isGzip } from "./gzip.ts";
import { NiftiFields } from "./nifti-fields.ts";
import { directionsOf } from "./nifti-space.ts";
import { bytesOf, decodeSamples, type SampleType } from "./sample-type.ts";
import { chooseFrame, countSamples, type Doubt, type Samples } from "./samples.ts";

/** Bytes after the header that announce extensions. */
const EXTENSION_BYTES = 4;
const MAX_VOX_OFFSET = 2 ** 26;
const MAX_SIDE = 2 ** 31 - 1;

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
  readonly sides: readonly number[];
  readonly frames: number;
  readonly type: SampleType;
  readonly detached: boolean;
  readonly voxOffset: number;
  readonly slope: number;
  readonly intercept: number;
}

/**
 * NIfTI files of both versions, compressed or not whatever their name: the volume as [z, y, x].
 *
 * @param voxels the .img if `file` is the header of a pair
 */
export async function decodeNifti(
  file: Uint8Array<ArrayBuffer>,
  frame: number | undefined,
  voxels?: Uint8Array<ArrayBuffer>,
): Promise<Samples> {
  const first = await plain(file);
  const fields = new NiftiFields(first);
  const header = parseHeader(fields);
  const count = countSamples("the volume", header.sides);
  const index = chooseFrame(header.frames, frame);
  if (header.detached && voxels === undefined) {
    throw badFile("it is the header of a pair: choose its .img together with it");
  }
  const bytes = header.detached && voxels !== undefined ? await plain(voxels) : first;
  const frameBytes = count * bytesOf(header.type);
  const end = header.voxOffset + header.frames * frameBytes;
  if (bytes.length !== end) {
    throw badFile(`the header announces ${end} bytes, the file has ${bytes.length}`);
  }
  const start = header.voxOffset + index * frameBytes;
  const voxelBytes = bytes.subarray(start, start + frameBytes);
  const values = decodeSamples(voxelBytes, header.type, count, fields.little);
  if (header.slope !== 1 || header.intercept !== 0) {
    for (let i = 0; i < values.length; i++) {
      values[i] = values[i] * header.slope + header.intercept;
    }
  }
  return {
    kind: "volume",
    shape: header.sides,
    values,
    directions: directionsOf(fields),
    doubts: doubtsOf(fields),
  };
}

function plain(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return isGzip(file) ? gunzip(file) : Promise.resolve(file);
}

function parseHeader(fields: NiftiFields): Header {
  const detached = isDetached(fields);
  const dim = dimensions(fields);
  const code = fields.datatype();
  const type = TYPES[code];
  if (type === undefined) {
    throw fields.error(70, 12, `datatype ${code} is not read; save it as float32`);
  }
  const bits = fields.bits();
  if (bits !== 8 * bytesOf(type)) {
    throw fields.error(72, 14, `bitpix is ${bits}, datatype ${code} has ${8 * bytesOf(type)}`);
  }
  const voxOffset = fields.voxOffset();
  const least = detached ? 0 : fields.length + EXTENSION_BYTES;
  if (!Number.isInteger(voxOffset) || voxOffset < least || voxOffset > MAX_VOX_OFFSET) {
    throw fields.error(108, 168, `vox_offset is ${voxOffset}, not a whole number from ${least}`);
  }
  const slope = fields.slope();
  const intercept = fields.intercept();
  // nifti1.h: a slope of 0 means that the file is not scaled; values that are no numbers mean the same.
  const scaled = slope !== 0 && Number.isFinite(slope) && Number.isFinite(intercept);
  return {
    sides: [dim[3], dim[2], dim[1]],
    frames: dim[4],
    type,
    detached,
    voxOffset,
    slope: scaled ? slope : 1,
    intercept: scaled ? intercept : 0,
  };
}

function isDetached(fields: NiftiFields): boolean {
  const magic = fields.magic();
  if (magic === "") {
    throw fields.error(
      344,
      4,
      "the magic of NIfTI is missing: an ANALYZE 7.5 file, which does not say which side is left, or damaged",
    );
  }
  if (magic !== "n+" && magic !== "ni") {
    throw fields.error(344, 4, `the magic is '${magic}'`);
  }
  return magic === "ni";
}

function dimensions(fields: NiftiFields): number[] {
  const rank = fields.dim(0);
  if (rank < 1 || rank > 7) {
    throw fields.error(40, 16, `dim[0] is ${rank}, it must be 1 to 7`);
  }
  const dim = Array.from({ length: 8 }, (_, i) => (i <= rank ? fields.dim(i) : 1));
  for (let i = 1; i < 8; i++) {
    if (dim[i] < 1 || dim[i] > MAX_SIDE || (i > 4 && dim[i] !== 1)) {
      throw fields.error(40 + 2 * i, 16 + 8 * i, `dim[${i}] is ${dim[i]}`);
    }
  }
  return dim;
}

/** A usable slope beside an intercept that is none: what was meant cannot be known. */
function doubtsOf(fields: NiftiFields): Doubt[] {
  const slope = fields.slope();
  const intercept = fields.intercept();
  const meant = slope !== 0 && slope !== 1 && Number.isFinite(slope);
  return meant && !Number.isFinite(intercept)
    ? [{ doubt: "scaling", details: { slope: String(slope), intercept: String(intercept) } }]
    : [];
}
