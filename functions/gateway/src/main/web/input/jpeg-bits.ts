import type { ByteSource } from "./byte-source.ts";

const LOOKAHEAD = 16;

/** The bits of entropy-coded JPEG data (ITU-T T.81, section F.2.2.5), stuffed zero bytes removed. */
export class JpegBits {
  private buffer = 0;
  private count = 0;
  /** How many of the bits in the buffer are made up, since a marker ended the data. */
  private missing = 0;

  constructor(private readonly source: ByteSource) {}

  /** The next 16 bits, which are not consumed; zeros behind the end of the data. */
  peek16(): number {
    while (this.count < LOOKAHEAD) {
      const next = this.source.entropyByte();
      if (next === undefined) {
        this.missing += 8;
      }
      this.buffer = (this.buffer << 8) | (next ?? 0);
      this.count += 8;
    }
    return (this.buffer >>> (this.count - LOOKAHEAD)) & 0xffff;
  }

  /** Consumes bits that `peek16` has shown. */
  skip(bits: number): void {
    this.count -= bits;
    if (this.count < this.missing) {
      throw this.source.error("JPEG data ends too early: the file is damaged");
    }
  }

  /** The next `bits` bits, at most 16. */
  read(bits: number): number {
    const value = this.peek16() >>> (LOOKAHEAD - bits);
    this.skip(bits);
    return value;
  }

  /** A number of `bits` bits whose first bit says its sign (section F.2.2.1). */
  readSigned(bits: number): number {
    if (bits === 0) {
      return 0;
    }
    const value = this.read(bits);
    return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
  }

  /** Ends the data, drops what fills the last byte, and gives the marker that follows. */
  finish(): number {
    if (this.count - this.missing >= 8) {
      throw this.source.error("JPEG data goes on behind the picture: the file is damaged");
    }
    this.buffer = 0;
    this.count = 0;
    this.missing = 0;
    return this.source.jpegMarker();
  }
}
