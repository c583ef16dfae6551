import { badFile, type UserError } from "../user-error.ts";

const FIRST_BYTES = 348;
const SECOND_BYTES = 540;

/**
 * The fields of a NIfTI header by their names. Version 2 (nifti2.h) has those of version 1
 * (nifti1.h), wider and at other offsets.
 */
export class NiftiFields {
  private readonly view: DataView;
  private readonly second: boolean;
  readonly little: boolean;

  /** @param bytes a file that begins with a header, in the byte order that its size is right in */
  constructor(private readonly bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const sizes = bytes.length < 4 ? [] : [view.getInt32(0, true), view.getInt32(0, false)];
    this.second = sizes.includes(SECOND_BYTES);
    if (!this.second && !sizes.includes(FIRST_BYTES)) {
      throw badFile("offset 0: this is not a NIfTI file");
    }
    this.view = view;
    this.little = sizes[0] === this.length;
    if (bytes.length < this.length) {
      throw badFile(`it has ${bytes.length} bytes, a NIfTI header alone has ${this.length}`);
    }
  }

  /** Bytes of the header. */
  get length(): number {
    return this.second ? SECOND_BYTES : FIRST_BYTES;
  }

  /** An error in a field, which stands at one offset in version 1 and at another in version 2. */
  error(firstOffset: number, secondOffset: number, problem: string): UserError {
    return badFile(`offset ${this.second ? secondOffset : firstOffset}: ${problem}`);
  }

  /** "n+" for a single file, "ni" for a pair, empty where the magic is missing or damaged. */
  magic(): string {
    const at = this.second ? 4 : 344;
    const expected = this.second ? "2\0\r\n\x1a\n" : "1\0";
    const end = at + 2 + expected.length;
    const magic = String.fromCharCode(...this.bytes.subarray(at, end));
    return magic.endsWith(expected) ? magic.slice(0, 2) : "";
  }

  /** dim[i]; dim[0] is the number of axes. */
  dim(i: number): number {
    return this.second ? this.int64(16 + 8 * i) : this.int16(40 + 2 * i);
  }

  datatype(): number {
    return this.int16(this.second ? 12 : 70);
  }

  bits(): number {
    return this.int16(this.second ? 14 : 72);
  }

  /** pixdim[i]: lengths of voxels in millimetres from 1 on, qfac at 0. */
  pixdim(i: number): number {
    return this.float(76 + 4 * i, 104 + 8 * i);
  }

  voxOffset(): number {
    return this.second ? this.int64(168) : this.view.getFloat32(108, this.little);
  }

  slope(): number {
    return this.float(112, 176);
  }

  intercept(): number {
    return this.float(116, 184);
  }

  qformCode(): number {
    return this.second ? this.view.getInt32(344, this.little) : this.int16(252);
  }

  sformCode(): number {
    return this.second ? this.view.getInt32(348, this.little) : this.int16(254);
  }

  /** quatern_b, quatern_c, quatern_d as 0, 1, 2. */
  quaternion(i: number): number {
    return this.float(256 + 4 * i, 352 + 8 * i);
  }

  /** srow_x, srow_y, srow_z as rows 0, 1, 2. */
  srow(row: number, column: number): number {
    return this.float(280 + 16 * row + 4 * column, 400 + 32 * row + 8 * column);
  }

  private int16(offset: number): number {
    return this.view.getInt16(offset, this.little);
  }

  /** Beyond 2^53 rounded: nothing as large is read. */
  private int64(offset: number): number {
    return Number(this.view.getBigInt64(offset, this.little));
  }

  private float(firstOffset: number, secondOffset: number): number {
    return this.second
      ? this.view.getFloat64(secondOffset, this.little)
      : this.view.getFloat32(firstOffset, this.little);
  }
}
