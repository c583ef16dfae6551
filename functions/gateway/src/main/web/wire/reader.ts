import { damaged, type UserError } from "../user-error.ts";

/** Reads the project's big-endian formats; runs out with an error that says where. */
export class ByteReader {
  private readonly view: DataView;
  private position = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly what: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  malformed(problem: string): UserError {
    return damaged(`${this.what}, byte ${this.position}: ${problem}`);
  }

  private advance(length: number): number {
    if (length < 0 || length > this.remaining()) {
      throw this.malformed(`${length} bytes expected, ${this.remaining()} left`);
    }
    const at = this.position;
    this.position += length;
    return at;
  }

  byte(): number {
    return this.view.getUint8(this.advance(1));
  }

  short(): number {
    return this.view.getUint16(this.advance(2));
  }

  int(): number {
    return this.view.getUint32(this.advance(4));
  }

  /** Zigzag, groups of 7 bits, low group first. */
  varint(): bigint {
    let zigzag = 0n;
    for (let shift = 0n; shift < 64n; shift += 7n) {
      const group = this.byte();
      zigzag |= BigInt(group & 0x7f) << shift;
      if (group < 0x80) {
        const unsigned = BigInt.asUintN(64, zigzag);
        return (unsigned >> 1n) ^ -(unsigned & 1n);
      }
    }
    throw this.malformed("a number of more than 64 bits");
  }

  /** A varint within [least, most]. */
  count(least: number, most: number): number {
    const value = this.varint();
    if (value < BigInt(least) || value > BigInt(most)) {
      throw this.malformed(`${value} is not between ${least} and ${most}`);
    }
    return Number(value);
  }

  /** Passes over `count` varints. */
  skipVarints(count: number): void {
    for (let i = 0; i < count; i++) {
      while (this.byte() >= 0x80);
    }
  }

  take(length: number): Uint8Array<ArrayBuffer> {
    const at = this.advance(length);
    return new Uint8Array(this.bytes.subarray(at, at + length));
  }

  string(): string {
    return new TextDecoder("utf-8", { fatal: true }).decode(this.take(this.count(0, 0xffff)));
  }

  offset(): number {
    return this.position;
  }

  remaining(): number {
    return this.bytes.length - this.position;
  }

  expectEnd(): void {
    if (this.remaining() !== 0) {
      throw this.malformed(`${this.remaining()} bytes too many`);
    }
  }

  /** A format's magic number and version 1. */
  expectHeader(magic: string): void {
    const found = String.fromCharCode(...this.take(4));
    if (found !== magic) {
      throw this.malformed(`does not start with ${magic}`);
    }
    const version = this.short();
    if (version !== 1) {
      throw this.malformed(`format version ${version} is unknown`);
    }
  }
}
