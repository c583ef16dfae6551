import type { JpegFrame } from "./jpeg-frame.ts";

/** What the components mean. */
export type JpegColour = "cmyk" | "gray" | "inverted-cmyk" | "inverted-ycck" | "rgb" | "ycbcr";

const HALF = 1 << 15;

/** As libjpeg judges (jdapimin.c): by JFIF and Adobe segments, else by the components' identifiers. */
export function colourOf(frame: JpegFrame, jfif: boolean, adobe: number | undefined): JpegColour {
  const { components } = frame;
  if (components.length === 1) {
    return "gray";
  }
  if (components.length === 3) {
    const named = String.fromCharCode(...components.map(({ id }) => id)) === "RGB";
    return !jfif && (adobe === 0 || (adobe === undefined && named)) ? "rgb" : "ycbcr";
  }
  return adobe === undefined ? "cmyk" : adobe === 0 ? "inverted-cmyk" : "inverted-ycck";
}

/** One channel of one pixel, whose components are the samples at `x`. */
export function channelOf(colour: JpegColour, rows: readonly Uint8Array[], x: number, channel: number): number {
  switch (colour) {
    case "gray":
    case "rgb":
      return rows[channel][x];
    case "ycbcr":
      return fromYcc(rows, x, channel);
    case "cmyk":
      return product(255 - rows[channel][x], 255 - rows[3][x]);
    case "inverted-cmyk":
      return product(rows[channel][x], rows[3][x]);
    case "inverted-ycck":
      return product(255 - fromYcc(rows, x, channel), rows[3][x]);
  }
}

/** libjpeg's integers (jdcolor.c). */
function fromYcc(rows: readonly Uint8Array[], x: number, channel: number): number {
  const cb = rows[1][x] - 128;
  const cr = rows[2][x] - 128;
  const added =
    channel === 0 ? 91881 * cr : channel === 1 ? -22554 * cb - 46802 * cr : 116130 * cb;
  return Math.min(Math.max(rows[0][x] + ((added + HALF) >> 16), 0), 255);
}

/** The product of two parts of 255, rounded to the nearest. */
function product(first: number, second: number): number {
  return Math.floor((first * second + 127) / 255);
}
