import type { JpegComponent, JpegFrame } from "./jpeg-frame.ts";
import { samplesOf } from "./jpeg-transform.ts";

/** A component at the size of the picture, enlarged as libjpeg does by default (jdsample.c), row by row. */
export class JpegPlane {
  private readonly samples: Uint8ClampedArray;
  private readonly stride: number;
  private readonly across: number;
  private readonly down: number;

  constructor(
    frame: JpegFrame,
    private readonly component: JpegComponent,
    steps: Int32Array,
  ) {
    this.samples = samplesOf(component, steps);
    this.stride = 8 * component.blocksAcross;
    this.across = frame.horizontal / component.horizontal;
    this.down = frame.vertical / component.vertical;
  }

  /** Row `y` of the picture into `target`, whose length is the picture's width. */
  readRow(y: number, target: Uint8Array): void {
    const wide = this.across === 2 && this.component.width > 2;
    if (this.down === 2 && (this.across === 1 || wide)) {
      this.blendRows(y, wide, target);
    } else if (this.down === 1 && wide) {
      for (let x = 0; x < target.length; x++) {
        const column = x >> 1;
        const next = this.at(column + (x % 2 === 0 ? -1 : 1), y);
        target[x] = (3 * this.at(column, y) + next + 1 + (x % 2)) >> 2;
      }
    } else {
      const row = Math.floor(y / this.down);
      for (let x = 0; x < target.length; x++) {
        target[x] = this.at(Math.floor(x / this.across), row);
      }
    }
  }

  /** Three parts of the nearer row and one of the other; then, if `wide`, of columns. */
  private blendRows(y: number, wide: boolean, target: Uint8Array): void {
    const row = y >> 1;
    const other = row + (y % 2 === 0 ? -1 : 1);
    const sum = (column: number) => 3 * this.at(column, row) + this.at(column, other);
    for (let x = 0; x < target.length; x++) {
      const column = x >> 1;
      target[x] = wide
        ? (3 * sum(column) + sum(column + (x % 2 === 0 ? -1 : 1)) + 8 - (x % 2)) >> 4
        : (sum(x) + 1 + (y % 2)) >> 2;
    }
  }

  /** The sample at these coordinates, limited to those that are there. */
  private at(x: number, y: number): number {
    const column = Math.min(Math.max(x, 0), this.component.width - 1);
    const row = Math.min(Math.max(y, 0), this.component.height - 1);
    return this.samples[row * this.stride + column];
  }
}
