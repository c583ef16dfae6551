import { badFile } from "../user-error.ts";
import type { Channels, Crop, Method } from "./preprocess.ts";
import { resizeAxis } from "./resampler.ts";
import { countSamples, product, type Samples } from "./samples.ts";

/** A picture or volume in the middle of preprocessing: spatial axes, outermost first, then channels. */
export class Grid {
  private constructor(
    readonly sides: readonly number[],
    readonly channels: number,
    readonly values: Float64Array,
  ) {}

  /** A picture [height, width, channels]. */
  static ofPicture({ shape, values }: Samples): Grid {
    return new Grid([shape[0], shape[1]], shape[2], values);
  }

  /** A volume [z, y, x] with its axes brought into the order `axes`, outermost first. */
  static ofVolume({ shape, values: source }: Samples, axes: string): Grid {
    const fileAxes = [...axes].map((axis) => "zyx".indexOf(axis));
    const sides = fileAxes.map((axis) => shape[axis]);
    const strides = fileAxes.map((axis) => product(shape.slice(axis + 1)));
    const values = new Float64Array(source.length);
    let to = 0;
    for (let a = 0; a < sides[0]; a++) {
      for (let b = 0; b < sides[1]; b++) {
        for (let c = 0; c < sides[2]; c++) {
          values[to++] = source[a * strides[0] + b * strides[1] + c * strides[2]];
        }
      }
    }
    return new Grid(sides, 1, values);
  }

  withChannels(wanted: Channels): Grid {
    if (wanted === "gray") {
      return this.channels === 1 ? this : this.toGray();
    }
    const gray = this.channels === 1;
    return this.pick(gray ? [0, 0, 0] : wanted === "bgr" ? [2, 1, 0] : [0, 1, 2]);
  }

  private pick(from: readonly number[]): Grid {
    const pixels = this.values.length / this.channels;
    countSamples("the picture in colour", [pixels, from.length]);
    const picked = new Float64Array(pixels * from.length);
    for (let pixel = 0, i = 0; pixel < pixels; pixel++) {
      for (const channel of from) {
        picked[i++] = this.values[pixel * this.channels + channel];
      }
    }
    return new Grid(this.sides, from.length, picked);
  }

  /** ITU-R BT.601 weights as whole numbers: one rounding, and gray pictures stay what they are. */
  private toGray(): Grid {
    const gray = new Float64Array(this.values.length / 3);
    for (let i = 0; i < gray.length; i++) {
      const [red, green, blue] = this.values.subarray(3 * i, 3 * i + 3);
      gray[i] = (299 * red + 587 * green + 114 * blue) / 1000;
    }
    return new Grid(this.sides, 1, gray);
  }

  crop(crop: Crop): Grid {
    if ("start" in crop) {
      return this.cropBox(crop.start, crop.size);
    }
    if ("fraction" in crop) {
      return this.cropCenter(this.sides.map((side) => part(side, crop.fraction)));
    }
    const side = part(Math.min(...this.sides), crop.square);
    return this.cropCenter(this.sides.map(() => side));
  }

  private cropCenter(wanted: readonly number[]): Grid {
    const start = this.sides.map((side, axis) => Math.floor((side - wanted[axis]) / 2));
    return this.cropBox(start, wanted);
  }

  private cropBox(start: readonly number[], size: readonly number[]): Grid {
    if (this.sides.some((side, axis) => start[axis] + size[axis] > side)) {
      throw badFile(
        `the model crops from [${start.join(", ")}] a size of [${size.join(", ")}], the file has [${this.sides.join(", ")}]`,
      );
    }
    return this.sides.reduce<Grid>(
      (grid, _, axis) => grid.cropAxis(axis, start[axis], size[axis]),
      this,
    );
  }

  private cropAxis(axis: number, start: number, size: number): Grid {
    const inner = this.inner(axis);
    const length = this.sides[axis] * inner;
    const outer = this.values.length / length;
    const cropped = new Float64Array(outer * size * inner);
    for (let o = 0; o < outer; o++) {
      const from = o * length + start * inner;
      cropped.set(this.values.subarray(from, from + size * inner), o * size * inner);
    }
    return this.withSide(axis, size, cropped);
  }

  /** Resizes the innermost axis (width) first, so that the order of roundings is fixed. */
  resize(target: readonly number[], method: Method): Grid {
    return this.sides.reduceRight<Grid>((grid, _, axis) => {
      const side = grid.sides[axis];
      countSamples("the resized input", [grid.values.length / side, target[axis]]);
      const resized = resizeAxis(grid.values, side, grid.inner(axis), target[axis], method);
      return grid.withSide(axis, target[axis], resized);
    }, this);
  }

  private inner(axis: number): number {
    return product(this.sides.slice(axis + 1)) * this.channels;
  }

  private withSide(axis: number, side: number, values: Float64Array): Grid {
    const sides = this.sides.map((old, i) => (i === axis ? side : old));
    return new Grid(sides, this.channels, values);
  }
}

function part(side: number, fraction: number): number {
  return Math.max(1, Math.floor(side * fraction + 0.5));
}
