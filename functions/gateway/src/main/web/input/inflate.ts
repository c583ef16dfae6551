/** Lengths of matches for symbols from 257 on, and of distances: base and extra bits (RFC 1951). */
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const MAX_BITS = 15;
const END_OF_BLOCK = 256;

/** For every reading of `bits` bits, the symbol times 16 plus the length of its code; 0 for none. */
interface Code {
  readonly bits: number;
  readonly table: Uint16Array;
}

/** What a stream holds, and the position after it. */
export interface Inflated {
  readonly values: Uint8Array<ArrayBuffer>;
  readonly end: number;
}

/** The canonical code of these lengths; codes stand in the stream from their first bit on. */
function codeOf(lengths: readonly number[]): Code {
  const counts = new Array<number>(MAX_BITS + 1).fill(0);
  lengths.forEach((length) => counts[length]++);
  const bits = Math.max(1, ...lengths);
  const next = [0, 0];
  let left = 2;
  for (let length = 1; length <= bits; length++) {
    left -= counts[length];
    if (left < 0) {
      throw new RangeError("more codes than fit");
    }
    left *= 2;
    next[length + 1] = (next[length] + counts[length]) << 1;
  }
  const table = new Uint16Array(1 << bits);
  lengths.forEach((length, symbol) => {
    if (length > 0) {
      const code = next[length]++;
      for (let i = reversed(code, length); i < table.length; i += 1 << length) {
        table[i] = (symbol << 4) | length;
      }
    }
  });
  return { bits, table };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) {
    result |= ((code >>> i) & 1) << (length - 1 - i);
  }
  return result;
}

const FIXED_LITERALS = codeOf(
  Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = codeOf(new Array<number>(30).fill(5));

/**
 * Decompresses one stream of RFC 1951 and says where it ends, which the browser's
 * DecompressionStream does not.
 */
export class Inflater {
  private hold = 0;
  private held = 0;
  private out: Uint8Array<ArrayBuffer>;
  private length = 0;

  /**
   * @param bytes the stream begins at `position` in them
   * @param limit of the result, in bytes
   */
  constructor(
    private readonly bytes: Uint8Array,
    private position: number,
    private readonly limit: number,
  ) {
    this.out = new Uint8Array(Math.min(limit, 1 << 16));
  }

  inflate(): Inflated {
    let last = false;
    while (!last) {
      last = this.take(1) === 1;
      switch (this.take(2)) {
        case 0:
          this.stored();
          break;
        case 1:
          this.block(FIXED_LITERALS, FIXED_DISTANCES);
          break;
        case 2:
          this.block(...this.codes());
          break;
        default:
          throw new RangeError("an unknown kind of block");
      }
    }
    return {
      values: this.out.subarray(0, this.length),
      end: this.position - (this.held >>> 3),
    };
  }

  /** Has at least `count` bits in `hold` if the stream has them, zeros after its end. */
  private fill(count: number): void {
    while (this.held < count) {
      this.hold |= (this.bytes[this.position++] ?? 0) << this.held;
      this.held += 8;
    }
  }

  private drop(count: number): void {
    this.hold >>>= count;
    this.held -= count;
    if (this.position - (this.held >>> 3) > this.bytes.length) {
      throw new RangeError("the stream is cut off");
    }
  }

  private take(count: number): number {
    this.fill(count);
    const value = this.hold & ((1 << count) - 1);
    this.drop(count);
    return value;
  }

  private symbol({ bits, table }: Code): number {
    this.fill(bits);
    const entry = table[this.hold & (table.length - 1)];
    if (entry === 0) {
      throw new RangeError("a code that stands for nothing");
    }
    this.drop(entry & 15);
    return entry >>> 4;
  }

  private stored(): void {
    this.drop(this.held & 7);
    const length = this.take(16);
    if (this.take(16) !== (length ^ 0xffff)) {
      throw new RangeError("a stored block with a wrong length");
    }
    this.position -= this.held >>> 3;
    this.hold = 0;
    this.held = 0;
    if (this.position + length > this.bytes.length) {
      throw new RangeError("the stream is cut off");
    }
    this.reserve(length);
    this.out.set(this.bytes.subarray(this.position, this.position + length), this.length);
    this.position += length;
    this.length += length;
  }

  private codes(): [Code, Code] {
    const literals = this.take(5) + 257;
    const distances = this.take(5) + 1;
    const count = this.take(4) + 4;
    const own = new Array<number>(19).fill(0);
    for (let i = 0; i < count; i++) {
      own[CODE_LENGTH_ORDER[i]] = this.take(3);
    }
    const code = codeOf(own);
    const lengths: number[] = [];
    while (lengths.length < literals + distances) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        lengths.push(symbol);
        continue;
      }
      const repeated = symbol === 16 ? lengths.at(-1) : 0;
      if (repeated === undefined) {
        throw new RangeError("a repetition of nothing");
      }
      const times = symbol === 16 ? 3 + this.take(2) : symbol === 17 ? 3 + this.take(3) : 11 + this.take(7);
      lengths.push(...new Array<number>(times).fill(repeated));
    }
    if (lengths.length > literals + distances) {
      throw new RangeError("more code lengths than announced");
    }
    return [codeOf(lengths.slice(0, literals)), codeOf(lengths.slice(literals))];
  }

  private block(literals: Code, distances: Code): void {
    for (let symbol = this.symbol(literals); symbol !== END_OF_BLOCK; symbol = this.symbol(literals)) {
      if (symbol < END_OF_BLOCK) {
        this.reserve(1);
        this.out[this.length++] = symbol;
      } else {
        this.repeat(symbol - END_OF_BLOCK - 1, distances);
      }
    }
  }

  private repeat(symbol: number, distances: Code): void {
    if (symbol >= LENGTH_BASE.length) {
      throw new RangeError("an unknown length");
    }
    const length = LENGTH_BASE[symbol] + this.take(LENGTH_EXTRA[symbol]);
    const far = this.symbol(distances);
    if (far >= DISTANCE_BASE.length) {
      throw new RangeError("an unknown distance");
    }
    const distance = DISTANCE_BASE[far] + this.take(DISTANCE_EXTRA[far]);
    if (distance > this.length) {
      throw new RangeError("a distance beyond the start");
    }
    this.reserve(length);
    // Byte by byte: what is copied may begin within what is written.
    for (let i = 0; i < length; i++, this.length++) {
      this.out[this.length] = this.out[this.length - distance];
    }
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed > this.limit) {
      throw new RangeError(`decompresses to more than ${this.limit} bytes`);
    }
    if (needed > this.out.length) {
      const larger = new Uint8Array(Math.min(this.limit, 2 * needed));
      larger.set(this.out.subarray(0, this.length));
      this.out = larger;
    }
  }
}
