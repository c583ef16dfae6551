import { BLOCK, type JpegComponent } from "./jpeg-frame.ts";

const CONSTANT_BITS = 13;
const PASS_BITS = 2;
const C_0_298631336 = 2446;
const C_0_390180644 = 3196;
const C_0_541196100 = 4433;
const C_0_765366865 = 6270;
const C_0_899976223 = 7373;
const C_1_175875602 = 9633;
const C_1_501321110 = 12299;
const C_1_847759065 = 15137;
const C_1_961570560 = 16069;
const C_2_053119869 = 16819;
const C_2_562915447 = 20995;
const C_3_072711026 = 25172;

/**
 * The samples of a component in rows of `8 * blocksAcross`: the inverse cosine transform of libjpeg's
 * default method (jidctint.c) in integers of 32 bits.
 */
export function samplesOf(component: JpegComponent, steps: Int32Array): Uint8ClampedArray {
  const { coefficients, blocksAcross } = component;
  const samples = new Uint8ClampedArray(coefficients.length);
  const stride = 8 * blocksAcross;
  const block = new Int32Array(BLOCK);
  for (let index = 0; index < coefficients.length / BLOCK; index++) {
    for (let i = 0; i < BLOCK; i++) {
      block[i] = Math.imul(coefficients[index * BLOCK + i], steps[i]);
    }
    for (let column = 0; column < 8; column++) {
      pass(block, column, 8, CONSTANT_BITS - PASS_BITS);
    }
    for (let row = 0; row < 8; row++) {
      pass(block, 8 * row, 1, CONSTANT_BITS + PASS_BITS + 3);
    }
    const target = Math.floor(index / blocksAcross) * 8 * stride + (index % blocksAcross) * 8;
    for (let i = 0; i < BLOCK; i++) {
      samples[target + (i >> 3) * stride + (i & 7)] = block[i] + 128;
    }
  }
  return samples;
}

/** Eight values, `step` apart, in place; the results lose `shift` bits, rounded. */
function pass(block: Int32Array, at: number, step: number, shift: number): void {
  const second = block[at + 2 * step];
  const sixth = block[at + 6 * step];
  const common = Math.imul(second + sixth, C_0_541196100);
  const even2 = common - Math.imul(sixth, C_1_847759065);
  const even3 = common + Math.imul(second, C_0_765366865);
  const even0 = (block[at] + block[at + 4 * step]) << CONSTANT_BITS;
  const even1 = (block[at] - block[at + 4 * step]) << CONSTANT_BITS;

  const in0 = block[at + 7 * step];
  const in1 = block[at + 5 * step];
  const in2 = block[at + 3 * step];
  const in3 = block[at + step];
  const all = Math.imul(in0 + in2 + in1 + in3, C_1_175875602);
  const z1 = Math.imul(-(in0 + in3), C_0_899976223);
  const z2 = Math.imul(-(in1 + in2), C_2_562915447);
  const z3 = all - Math.imul(in0 + in2, C_1_961570560);
  const z4 = all - Math.imul(in1 + in3, C_0_390180644);
  const odd0 = Math.imul(in0, C_0_298631336) + z1 + z3;
  const odd1 = Math.imul(in1, C_2_053119869) + z2 + z4;
  const odd2 = Math.imul(in2, C_3_072711026) + z2 + z3;
  const odd3 = Math.imul(in3, C_1_501321110) + z1 + z4;

  // Sums of a few integers are exact in doubles; the shift takes their lowest 32 bits.
  const half = 1 << (shift - 1);
  block[at] = (even0 + even3 + odd3 + half) >> shift;
  block[at + 7 * step] = (even0 + even3 - odd3 + half) >> shift;
  block[at + step] = (even1 + even2 + odd2 + half) >> shift;
  block[at + 6 * step] = (even1 + even2 - odd2 + half) >> shift;
  block[at + 2 * step] = (even1 - even2 + odd1 + half) >> shift;
  block[at + 5 * step] = (even1 - even2 - odd1 + half) >> shift;
  block[at + 3 * step] = (even0 - even3 + odd0 + half) >> shift;
  block[at + 4 * step] = (even0 - even3 - odd0 + half) >> shift;
}
