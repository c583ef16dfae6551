import { badFile } from "../user-error.ts";
import { ByteSource } from "./byte-source.ts";

export const PIXEL_DATA = 0x7fe00010;
const TRANSFER_SYNTAX = 0x00020010;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const UNDEFINED = 0xffffffff;
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

/** The top-level elements of an uncompressed DICOM file up to the pixel data; sequences are passed over. */
export class DicomDataset {
  private readonly elements = new Map<number, Element>();
  private explicit = true;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    const source = new ByteSource(bytes);
    source.skip(128, "the DICOM preamble");
    if (source.ascii(4, "the DICOM prefix") !== "DICM") {
      throw badFile("offset 128: no 'DICM' prefix: not a DICOM file (PS3.10)");
    }
    while (source.peekU16() === 0x0002) {
      this.readElement(source);
    }
    this.applyTransferSyntax(source);
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

  /** The first of the backslash-separated values, without padding. */
  text(tag: number, field: string): string {
    const bytes = this.element(tag, field).value.rest();
    const all = Array.from(bytes, (byte) => String.fromCharCode(byte || 0x20)).join("");
    return all.split("\\")[0].trim();
  }

  private applyTransferSyntax(source: ByteSource): void {
    const uid = this.text(TRANSFER_SYNTAX, "Transfer Syntax UID");
    switch (uid) {
      case "1.2.840.10008.1.2":
        this.explicit = false;
        break;
      case "1.2.840.10008.1.2.1":
        break;
      case "1.2.840.10008.1.2.2":
        source.little = false;
        break;
      default:
        throw badFile(
          `transfer syntax ${uid.replace(/[^0-9.]/g, "?").slice(0, 64)} is compressed; export the image uncompressed`,
        );
    }
  }

  private readElement(source: ByteSource): void {
    const tag = this.readTag(source, this.explicit);
    if (tag.length === UNDEFINED) {
      if (tag.number === PIXEL_DATA) {
        throw source.error("the pixel data is compressed; export the image uncompressed");
      }
      // PS3.5 section 6.2.2: unknown content of undefined length is encoded implicitly.
      this.passSequence(source, this.explicit && tag.representation !== "UN", 1);
      this.elements.set(tag.number, { representation: "SQ", value: source.slice(0, "sequence") });
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

function format(tag: number): string {
  const digits = tag.toString(16).padStart(8, "0");
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
}
