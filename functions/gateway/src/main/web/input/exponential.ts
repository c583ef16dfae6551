const LIMIT = 700;
const LOG2_E = 1.4426950408889634;

/** ln 2 in two parts, the first short enough for exact products (fdlibm, e_exp.c). */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** The remainder is at most 0.35: the next term is below 2^-57. */
const TERMS = 13;

/**
 * e to the power of `exponent`, which is limited to -700 to 700, with the bits that docs/PREPROCESS.md
 * gives it: those of libraries differ in the last one.
 */
export function exponential(exponent: number): number {
  const x = Math.min(Math.max(exponent, -LIMIT), LIMIT);
  const doublings = Math.floor(x * LOG2_E + 0.5);
  const rest = x - doublings * LN2_HIGH - doublings * LN2_LOW;
  let sum = 1;
  for (let term = TERMS; term >= 1; term--) {
    sum = (rest * sum) / term + 1;
  }
  for (let i = 0; i < Math.abs(doublings); i++) {
    sum *= doublings > 0 ? 2 : 0.5;
  }
  return sum;
}
