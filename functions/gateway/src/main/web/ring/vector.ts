/** Elements of Z_{2^64}: low and high word of each, since a number holds 53 bits only. */
export class RingVector {
  readonly low: Uint32Array;
  readonly high: Uint32Array;

  constructor(readonly length: number) {
    this.low = new Uint32Array(length);
    this.high = new Uint32Array(length);
  }

  /** Adds `other`, element by element, mod 2^64. */
  add(other: RingVector): this {
    for (let i = 0; i < this.length; i++) {
      const sum = this.low[i] + other.low[i];
      this.low[i] = sum;
      this.high[i] = this.high[i] + other.high[i] + (sum > 0xffffffff ? 1 : 0);
    }
    return this;
  }

  /** Subtracts `other`, element by element, mod 2^64. */
  subtract(other: RingVector): this {
    for (let i = 0; i < this.length; i++) {
      const difference = this.low[i] - other.low[i];
      this.low[i] = difference;
      this.high[i] = this.high[i] - other.high[i] - (difference < 0 ? 1 : 0);
    }
    return this;
  }

  /** Element `i`, whose low `width` bits are read as a signed number, rounded once to a double. */
  signed(i: number, width: number): number {
    if (width <= 32) {
      return (this.low[i] << (32 - width)) >> (32 - width);
    }
    const high = (this.high[i] << (64 - width)) >> (64 - width);
    return high * 0x100000000 + this.low[i];
  }

  /** Sets element `i` to the whole number `value`, of magnitude below 2^63. */
  set(i: number, value: number): void {
    const high = Math.floor(value / 0x100000000);
    this.high[i] = high;
    this.low[i] = value - high * 0x100000000;
  }

  /** Overwrites all elements. */
  wipe(): void {
    this.low.fill(0);
    this.high.fill(0);
  }
}
