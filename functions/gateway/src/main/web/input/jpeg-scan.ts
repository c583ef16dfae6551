import type { UserError } from "../user-error.ts";
import type { ByteSource } from "./byte-source.ts";
import { JpegBits } from "./jpeg-bits.ts";
import { BLOCK, type JpegComponent, type JpegFrame } from "./jpeg-frame.ts";
import type { JpegHuffman } from "./jpeg-huffman.ts";

/** Where the coefficient of each place in the zigzag stands in its block (ITU-T T.81, figure A.6). */
export const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48],
  ...[41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23],
  ...[30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63],
);

/** A component of the scan with the tables that it names. */
export interface ScanPart {
  readonly component: JpegComponent;
  readonly dc: JpegHuffman | undefined;
  readonly ac: JpegHuffman | undefined;
}

/** Which coefficients of the zigzag, and which of their bits (section G.1.2). */
export interface Selection {
  readonly first: number;
  readonly last: number;
  /** The bit position of the scan before; 0 for the first scan of these. */
  readonly refined: number;
  readonly shift: number;
}

const FIRST_RESTART = 0xd0;

/** The entropy-coded data of one scan (sections F.2 and G.2): adds to the coefficients what it has. */
export class JpegScan {
  private readonly bits: JpegBits;
  private readonly predictions: Int32Array;
  private endOfBand = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly frame: JpegFrame,
    private readonly parts: readonly ScanPart[],
    private readonly selection: Selection,
  ) {
    this.bits = new JpegBits(source);
    this.predictions = new Int32Array(parts.length);
  }

  /** Reads the scan, whose restarts stand so many MCUs apart (0: none), and gives the next marker. */
  read(restartInterval: number): number {
    const only = this.parts[0].component;
    const alone = this.parts.length === 1;
    const across = alone ? Math.ceil(only.width / 8) : this.frame.mcusAcross;
    const down = alone ? Math.ceil(only.height / 8) : this.frame.mcusDown;
    let restarts = 0;
    for (let mcu = 0; mcu < across * down; mcu++) {
      if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
        if (this.bits.finish() !== FIRST_RESTART + (restarts % 8)) {
          throw this.source.error("a JPEG restart is missing: the file is damaged");
        }
        restarts++;
        this.predictions.fill(0);
        this.endOfBand = 0;
      }
      const [column, row] = [mcu % across, Math.floor(mcu / across)];
      if (alone) {
        this.readBlock(0, offset(only, column, row));
      } else {
        this.readMcu(column, row);
      }
    }
    return this.bits.finish();
  }

  private readMcu(column: number, row: number): void {
    this.parts.forEach(({ component }, i) => {
      const { horizontal, vertical } = component;
      for (let y = 0; y < vertical; y++) {
        for (let x = 0; x < horizontal; x++) {
          this.readBlock(i, offset(component, column * horizontal + x, row * vertical + y));
        }
      }
    });
  }

  private readBlock(index: number, at: number): void {
    const { component, dc, ac } = this.parts[index];
    const block = component.coefficients;
    const { first, last, refined, shift } = this.selection;
    if (first === 0) {
      if (refined === 0) {
        const size = this.table(dc).decode(this.bits, this.source);
        if (size > 15) {
          throw this.damaged();
        }
        this.predictions[index] += this.bits.readSigned(size);
        block[at] = this.predictions[index] << shift;
      } else if (this.bits.read(1) === 1) {
        block[at] |= 1 << shift;
      }
    }
    if (last > 0) {
      if (refined === 0) {
        this.readBand(block, at, this.table(ac));
      } else {
        this.refineBand(block, at, this.table(ac));
      }
    }
  }

  /** Coefficients for the first time; a sequential scan is one whose band has them all. */
  private readBand(block: Int16Array, at: number, table: JpegHuffman): void {
    if (this.endOfBand > 0) {
      this.endOfBand--;
      return;
    }
    const { first, last, shift } = this.selection;
    for (let k = Math.max(first, 1); k <= last; k++) {
      const code = table.decode(this.bits, this.source);
      const [run, size] = [code >> 4, code & 15];
      if (size === 0 && run < 15) {
        this.endOfBand = this.readEndOfBand(run) - 1;
        return;
      }
      k += run;
      if (k > last) {
        throw this.damaged();
      }
      block[at + ZIGZAG[k]] = this.bits.readSigned(size) << shift;
    }
  }

  /** How many blocks end here, this one too (section G.1.2.2). */
  private readEndOfBand(run: number): number {
    if (run > 0 && !this.frame.progressive) {
      throw this.damaged();
    }
    return (1 << run) + (run > 0 ? this.bits.read(run) : 0);
  }

  /** One more bit of coefficients that are there, and new ones between them (section G.1.2.3). */
  private refineBand(block: Int16Array, at: number, table: JpegHuffman): void {
    const { first, last, shift } = this.selection;
    let k = first;
    while (this.endOfBand === 0 && k <= last) {
      const code = table.decode(this.bits, this.source);
      const [run, size] = [code >> 4, code & 15];
      if (size === 0 && run < 15) {
        this.endOfBand = this.readEndOfBand(run);
        break;
      }
      if (size > 1) {
        throw this.damaged();
      }
      const added = size === 0 ? 0 : (this.bits.read(1) === 1 ? 1 : -1) << shift;
      k = this.refine(block, at, k, run);
      if (k > last) {
        throw this.damaged();
      }
      if (added !== 0) {
        block[at + ZIGZAG[k]] = added;
      }
      k++;
    }
    if (this.endOfBand > 0) {
      this.refine(block, at, k, Infinity);
      this.endOfBand--;
    }
  }

  /** Passes over `zeros` coefficients that are 0, to the next one; refines the others. */
  private refine(block: Int16Array, offset: number, from: number, zeros: number): number {
    const bit = 1 << this.selection.shift;
    let left = zeros;
    let k = from;
    for (; k <= this.selection.last; k++) {
      const at = offset + ZIGZAG[k];
      if (block[at] === 0) {
        if (left === 0) {
          return k;
        }
        left--;
      } else if (this.bits.read(1) === 1 && (block[at] & bit) === 0) {
        block[at] += block[at] > 0 ? bit : -bit;
      }
    }
    return k;
  }

  private table(table: JpegHuffman | undefined): JpegHuffman {
    if (table === undefined) {
      throw this.source.error("a JPEG scan names a table that is missing: the file is damaged");
    }
    return table;
  }

  private damaged(): UserError {
    return this.source.error("JPEG data makes no picture: the file is damaged");
  }
}

function offset({ blocksAcross }: JpegComponent, column: number, row: number): number {
  return (row * blocksAcross + column) * BLOCK;
}
