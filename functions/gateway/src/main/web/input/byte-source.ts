import { badFile, type UserError } from "../user-error.ts";

/** The bytes of a file with a position. Reading past the end is an error that names the field. */
export class ByteSource {
  little = true;
  private position = 0;

  constructor(
    private readonly bytes: Uint8Array<ArrayBuffer>,
    private readonly base = 0,
  ) {}

  remaining(): number {
    return this.bytes.length - this.position;
  }

  private advance(count: number, field: string): number {
    if (count < 0 || count > this.remaining()) {
      throw this.error(`${field} needs ${count} bytes, ${this.remaining()} are left`);
    }
    const at = this.position;
    this.position += count;
    return at;
  }

  private view(): DataView {
    return new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  u8(field: string): number {
    return this.bytes[this.advance(1, field)];
  }

  u16(field: string): number {
    return this.view().getUint16(this.advance(2, field), this.little);
  }

  u32(field: string): number {
    return this.view().getUint32(this.advance(4, field), this.little);
  }

  /** The next two bytes, which are not consumed; undefined at the end. */
  peekU16(): number | undefined {
    return this.remaining() < 2 ? undefined : this.view().getUint16(this.position, this.little);
  }

  /**
   * The next byte of entropy-coded JPEG data, without the zero that is stuffed behind FF; undefined at
   * a marker or the end, which are not consumed.
   */
  entropyByte(): number | undefined {
    if (this.remaining() < 2) {
      return undefined;
    }
    const next = this.bytes[this.position];
    if (next !== 0xff) {
      this.position++;
      return next;
    }
    if (this.bytes[this.position + 1] !== 0) {
      return undefined;
    }
    this.position += 2;
    return next;
  }

  /** The second byte of the next JPEG marker, which any number of FF may precede. */
  jpegMarker(): number {
    if (this.u8("a JPEG marker") !== 0xff) {
      throw this.error("no JPEG marker where one should be: the file is damaged");
    }
    let marker = 0xff;
    while (marker === 0xff) {
      marker = this.u8("a JPEG marker");
    }
    return marker;
  }

  /** Characters 0 to 255. */
  ascii(count: number, field: string): string {
    const at = this.advance(count, field);
    return Array.from(this.bytes.subarray(at, at + count), (c) => String.fromCharCode(c)).join("");
  }

  skip(count: number, field: string): void {
    this.advance(count, field);
  }

  take(count: number, field: string): Uint8Array<ArrayBuffer> {
    const at = this.advance(count, field);
    return this.bytes.subarray(at, at + count);
  }

  /** The next `count` bytes as a source of their own. */
  slice(count: number, field: string): ByteSource {
    const at = this.advance(count, field);
    const part = new ByteSource(this.bytes.subarray(at, at + count), this.base + at);
    part.little = this.little;
    return part;
  }

  /** What is left as a source of its own; this one stays where it is. */
  ahead(): ByteSource {
    const part = new ByteSource(this.rest(), this.base + this.position);
    part.little = this.little;
    return part;
  }

  rest(): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(this.position);
  }

  error(problem: string): UserError {
    return badFile(`offset ${this.base + this.position}: ${problem}`);
  }
}
