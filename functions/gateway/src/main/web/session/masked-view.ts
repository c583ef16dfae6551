import type { RingVector } from "../ring/vector.ts";
import type { ProgramInput } from "../wire/program.ts";
import type { MaskedView } from "./protocol.ts";

/** The leading 8 bits of each masked value, in the axes of the model's input. */
export function maskedView({ shape, width }: ProgramInput, values: RingVector): MaskedView {
  const gray = new Uint8ClampedArray(values.length);
  for (let i = 0; i < gray.length; i++) {
    gray[i] = leadingByte(values.low[i], values.high[i], width);
  }
  return { shape: shape.filter((side) => side !== 1), gray };
}

function leadingByte(low: number, high: number, width: number): number {
  const shift = width - 8;
  if (shift <= 0) {
    return (low << -shift) & 0xff;
  }
  if (shift >= 32) {
    return (high >>> (shift - 32)) & 0xff;
  }
  const spilled = shift > 24 ? high << (32 - shift) : 0;
  return ((low >>> shift) | spilled) & 0xff;
}
