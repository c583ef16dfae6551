import { badFile } from "../user-error.ts";
import { decompress } from "../wire/bytes.ts";
import { ByteSource } from "./byte-source.ts";
import { withoutImage } from "./dicom-object.ts";
import { guessTransferSyntax, startOfDicom } from "./dicom-start.ts";
import { describeSyntax, type Encoding, transferSyntax } from "./dicom-transfer-syntax.ts";
import { MAX_SAMPLES } from "./samples.ts";

export const PIXEL_DATA = 0x7fe00010;
const TRANSFER_SYNTAX = 0x00020010;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const UNDEFINED = 0xffffffff;
const SEQUENCE_END_BYTES = 8;
const MAX_DEPTH = 32;

/** Value representations with a reserved field and a length of 32 bits (PS3.5 table 7.1-1). */
const LONG_FORM = new Set("OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" "));

interface Tag {
  readonly number: number;
  readonly representation: string;
  readonly length: number;
}

/** A value and its representation, empty where the transfer syntax leaves it implicit. */
export interface Element {
  readonly representation: string;
  readonly value: ByteSource;
}

/** The largest image that is read, and what may stand before it. */
const MAX_DEFLATED_BYTES = 2 * MAX_SAMPLES + 2 ** 20;

/** The top-level elements of a DICOM file up to the pixel data; sequences are passed over. */
export class DicomDataset {
  private readonly elements = new Map<number, Element>();
  private explicit = true;
  private encapsulated = false;

  private constructor() {}

  /** The data set in `bytes`, whose pixels are read here. */
  static async parse(bytes: Uint8Array<ArrayBuffer>): Promise<DicomDataset> {
    const dataset = new DicomDataset();
    const source = new ByteSource(bytes);
    source.skip(startOfDicom(bytes), "the DICOM preamble");
    while (source.peekU16() === 0x0002) {
      dataset.readElement(source);
    }
    const uid = dataset.texts(TRANSFER_SYNTAX)[0] || guessTransferSyntax(source.rest());
    const syntax = transferSyntax(uid);
    const refusal = badFile(`transfer syntax ${describeSyntax(syntax, uid)} ${syntax.remedy}`);
    if (syntax.encoding === "unknown") {
      throw refusal;
    }
    dataset.readElements(await dataset.decoded(source, syntax.encoding));
    if (!dataset.has(PIXEL_DATA)) {
      throw withoutImage(dataset);
    }
    if (syntax.remedy !== undefined) {
      throw refusal;
    }
    if (dataset.encapsulated) {
      throw badFile(
        `the pixel data is compressed although the transfer syntax is ${describeSyntax(syntax, uid)}`,
      );
    }
    return dataset;
  }

  private async decoded(source: ByteSource, encoding: Encoding): Promise<ByteSource> {
    this.explicit = encoding !== "implicit";
    source.little = encoding !== "big-endian";
    return encoding === "deflated" ? new ByteSource(await inflate(source.rest())) : source;
  }

  private readElements(source: ByteSource): void {
    while (source.remaining() > 0 && !this.has(PIXEL_DATA)) {
      this.readElement(source);
    }
  }

  has(tag: number): boolean {
    return this.elements.has(tag);
  }

  /** The element, or an error that names it. */
  element(tag: number, field: string): Element {
    const element = this.elements.get(tag);
    if (element === undefined) {
      throw badFile(`${field} ${format(tag)} is missing`);
    }
    return element;
  }

  /** A US or SS value as 0 to 65535. */
  number(tag: number, field: string): number {
    const number = this.element(tag, field).value.peekU16();
    if (number === undefined) {
      throw badFile(`${field} ${format(tag)} is empty`);
    }
    return number;
  }

  /** Whether the element is there and not empty. */
  hasValue(tag: number): boolean {
    return (this.elements.get(tag)?.value.remaining() ?? 0) > 0;
  }

  /** The first of the backslash-separated values, without padding. */
  text(tag: number, field: string): string {
    this.element(tag, field);
    return this.texts(tag)[0];
  }

  /** All backslash-separated values, without padding; none where the element is missing. */
  texts(tag: number): string[] {
    const element = this.elements.get(tag);
    if (element === undefined) {
      return [];
    }
    const bytes = element.value.rest();
    const all = Array.from(bytes, (byte) => String.fromCharCode(byte || 0x20)).join("");
    return all.split("\\").map((text) => text.trim());
  }

  private readElement(source: ByteSource): void {
    const tag = this.readTag(source, this.explicit);
    if (tag.length === UNDEFINED) {
      if (tag.number === PIXEL_DATA) {
        this.encapsulated = true;
        this.elements.set(PIXEL_DATA, { representation: "", value: source.slice(0, "pixel data") });
        return;
      }
      const content = source.ahead();
      // PS3.5 section 6.2.2: unknown content of undefined length is encoded implicitly.
      this.passSequence(source, this.explicit && tag.representation !== "UN", 1);
      const length = content.remaining() - source.remaining() - SEQUENCE_END_BYTES;
      const value = content.slice(length, "a sequence");
      this.elements.set(tag.number, { representation: "SQ", value });
      return;
    }
    const value = source.slice(tag.length, `element ${format(tag.number)}`);
    if (this.elements.has(tag.number)) {
      throw source.error(`element ${format(tag.number)} is there twice`);
    }
    this.elements.set(tag.number, { representation: tag.representation, value });
  }

  private readTag(source: ByteSource, explicit: boolean): Tag {
    const number = source.u16("an element tag") * 0x10000 + source.u16("an element tag");
    const field = `the length of element ${format(number)}`;
    // Items and delimiters never have a representation (PS3.5 section 7.5).
    if (!explicit || number >>> 16 === 0xfffe) {
      return { number, representation: "", length: source.u32(field) };
    }
    const representation = source.ascii(2, `the representation of element ${format(number)}`);
    if (!/^[A-Z]{2}$/.test(representation)) {
      throw source.error(`element ${format(number)} has no value representation`);
    }
    if (LONG_FORM.has(representation)) {
      source.skip(2, field);
      return { number, representation, length: source.u32(field) };
    }
    return { number, representation, length: source.u16(field) };
  }

  private passSequence(source: ByteSource, explicit: boolean, depth: number): void {
    if (depth > MAX_DEPTH) {
      throw source.error(`sequences are nested deeper than ${MAX_DEPTH}`);
    }
    for (let item = this.readTag(source, explicit); item.number !== SEQUENCE_END; ) {
      if (item.number !== ITEM) {
        throw source.error(`a sequence has element ${format(item.number)}, not an item`);
      }
      if (item.length === UNDEFINED) {
        this.passItem(source, explicit, depth);
      } else {
        source.skip(item.length, "a sequence item");
      }
      item = this.readTag(source, explicit);
    }
  }

  private passItem(source: ByteSource, explicit: boolean, depth: number): void {
    for (let tag = this.readTag(source, explicit); tag.number !== ITEM_END; ) {
      if (tag.length === UNDEFINED) {
        this.passSequence(source, explicit && tag.representation !== "UN", depth + 1);
      } else {
        source.skip(tag.length, `element ${format(tag.number)}`);
      }
      tag = this.readTag(source, explicit);
    }
  }
}

/** PS3.5 section A.5: RFC 1951 without a header; a file of an odd length ends with one more byte, zero. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const padded = bytes.length > 0 && bytes[bytes.length - 1] === 0;
  const ends = padded ? [bytes.length, bytes.length - 1] : [bytes.length];
  for (const end of ends) {
    try {
      return await decompress(bytes.subarray(0, end), "deflate-raw", MAX_DEFLATED_BYTES);
    } catch (error) {
      if (error instanceof RangeError) {
        throw badFile(`the data set ${error.message}, the most that is read`);
      }
    }
  }
  throw badFile("the deflated data set is truncated or damaged");
}

function format(tag: number): string {
  const digits = tag.toString(16).padStart(8, "0");
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
}
