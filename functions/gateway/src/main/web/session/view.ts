import type { Decoded } from "../input/decode.ts";
import type { View } from "./protocol.ts";

/** A decoded file as 8 bits, to look at; preprocessing does not use it. */
export function viewOf(decoded: Decoded): View {
  const { kind, shape, values, doubts = [] } = decoded;
  const range: readonly [number, number] = kind === "image" ? [0, 255] : extent(values);
  const [low, high] = range;
  const factor = high > low ? 255 / (high - low) : 0;
  const gray = Uint8ClampedArray.from(values, (value) => (value - low) * factor);
  const view = { kind, shape, gray, range, doubts };
  return decoded.gray === undefined ? view : { ...view, dicom: decoded.gray };
}

function extent(values: Float64Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : [0, 0];
}
