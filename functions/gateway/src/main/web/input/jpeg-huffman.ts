import type { ByteSource } from "./byte-source.ts";
import type { JpegBits } from "./jpeg-bits.ts";

const LONGEST = 16;

/** A Huffman table (ITU-T T.81, section C.2), looked up by 16 bits at once. */
export class JpegHuffman {
  /** Length of the code times 256, plus its value; 0 for bits that no code starts with. */
  private readonly byBits = new Uint16Array(1 << LONGEST);

  /** From a DHT segment: 16 counts, then the values in order of their codes. */
  constructor(segment: ByteSource) {
    const counts = Array.from({ length: LONGEST }, () => segment.u8("a Huffman table"));
    let next = 0;
    for (let length = 1; length <= LONGEST; length++) {
      const span = 1 << (LONGEST - length);
      for (let i = 0; i < counts[length - 1]; i++) {
        const value = segment.u8("a Huffman table");
        if (next + span > this.byBits.length) {
          throw segment.error("a Huffman table has too many codes: the file is damaged");
        }
        this.byBits.fill((length << 8) | value, next, next + span);
        next += span;
      }
    }
  }

  /** The value of the next code in `bits`. */
  decode(bits: JpegBits, source: ByteSource): number {
    const entry = this.byBits[bits.peek16()];
    if (entry === 0) {
      throw source.error("JPEG data has an unknown code: the file is damaged");
    }
    bits.skip(entry >> 8);
    return entry & 0xff;
  }
}
