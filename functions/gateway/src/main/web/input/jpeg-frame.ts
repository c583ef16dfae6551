import { badFile } from "../user-error.ts";
import type { ByteSource } from "./byte-source.ts";
import { countSamples } from "./samples.ts";

export const BLOCK = 64;
const BASELINE = 0xc0;
const EXTENDED = 0xc1;
const PROGRESSIVE = 0xc2;
const MAX_FACTOR = 4;

/** One component: its coefficients in blocks of 64, row by row of blocks. */
export interface JpegComponent {
  readonly id: number;
  /** Sampling factors. */
  readonly horizontal: number;
  readonly vertical: number;
  readonly quantizer: number;
  /** Its own size in samples. */
  readonly width: number;
  readonly height: number;
  readonly blocksAcross: number;
  readonly coefficients: Int16Array;
  /** The quantization table as it is when the first scan starts. */
  steps?: Int32Array;
}

/** A frame header (ITU-T T.81, section B.2.2). */
export interface JpegFrame {
  readonly progressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
  /** The greatest sampling factors. */
  readonly horizontal: number;
  readonly vertical: number;
  readonly mcusAcross: number;
  readonly mcusDown: number;
}

/** The frame that `marker` announces, with room for its coefficients. */
export function readFrame(marker: number, segment: ByteSource): JpegFrame {
  if (marker !== BASELINE && marker !== EXTENDED && marker !== PROGRESSIVE) {
    const process = marker < 0xc8 ? "lossless or hierarchical" : "arithmetically coded";
    throw badFile(`${process} JPEG is not read; save it as an 8-bit gray or RGB PNG`);
  }
  const precision = segment.u8("the JPEG frame");
  if (precision !== 8) {
    throw badFile(`JPEG of ${precision} bits is not read; save it as an 8-bit PNG`);
  }
  const height = segment.u16("the JPEG frame");
  const width = segment.u16("the JPEG frame");
  const count = segment.u8("the JPEG frame");
  if (count !== 1 && count !== 3 && count !== 4) {
    throw badFile(`a JPEG of ${count} components is not read; save it as an RGB PNG`);
  }
  countSamples("the picture", [width, height, 3]);
  const headers = Array.from({ length: count }, () => readComponent(segment));
  const horizontal = Math.max(...headers.map((header) => header.horizontal));
  const vertical = Math.max(...headers.map((header) => header.vertical));
  const mcusAcross = Math.ceil(width / (8 * horizontal));
  const mcusDown = Math.ceil(height / (8 * vertical));
  countSamples("the picture", [8 * horizontal * mcusAcross, 8 * vertical * mcusDown, count]);
  const components = headers.map((header) => {
    if (horizontal % header.horizontal !== 0 || vertical % header.vertical !== 0) {
      throw badFile("JPEG with fractional sampling is not read; save it as an RGB PNG");
    }
    const blocksAcross = mcusAcross * header.horizontal;
    return {
      ...header,
      width: Math.ceil((width * header.horizontal) / horizontal),
      height: Math.ceil((height * header.vertical) / vertical),
      blocksAcross,
      coefficients: new Int16Array(blocksAcross * mcusDown * header.vertical * BLOCK),
    };
  });
  const progressive = marker === PROGRESSIVE;
  return { progressive, width, height, components, horizontal, vertical, mcusAcross, mcusDown };
}

function readComponent(segment: ByteSource) {
  const id = segment.u8("a JPEG component");
  const factors = segment.u8("a JPEG component");
  const [horizontal, vertical] = [factors >> 4, factors & 15];
  if (horizontal < 1 || horizontal > MAX_FACTOR || vertical < 1 || vertical > MAX_FACTOR) {
    throw segment.error("a JPEG component has no such sampling: the file is damaged");
  }
  return { id, horizontal, vertical, quantizer: segment.u8("a JPEG component") };
}
