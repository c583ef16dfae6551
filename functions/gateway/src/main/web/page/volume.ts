import { element, slider } from "shared/dom.ts";
import { paint } from "./picture.ts";
import { texts } from "./texts.ts";

/** A voxel, by its indices along x, y and z. */
export type Cursor = readonly [x: number, y: number, z: number];

/** Axes across and up, and the one that the slice is cut along; 0 is x. */
interface Plane {
  readonly name: string;
  readonly across: number;
  readonly up: number;
  readonly through: number;
}

/** Canvas pixels along a side at least, so that the crosshair is thin beside large voxels. */
const LEAST_PIXELS = 360;

const PLANES: readonly Plane[] = [
  { name: texts.plane.z, across: 0, up: 1, through: 2 },
  { name: texts.plane.y, across: 0, up: 2, through: 1 },
  { name: texts.plane.x, across: 1, up: 2, through: 0 },
];

/**
 * Three orthogonal slices of a volume in the order of its file, with a crosshair that pointer and
 * sliders move.
 */
export class VolumeView {
  readonly root = element("div", { class: "planes" });
  private readonly sides: readonly number[];
  private readonly scale: number;
  private cursor: Cursor;
  private readonly canvases: HTMLCanvasElement[] = [];
  private readonly sliders: { set: (value: number) => void }[] = [];
  private readonly captions: HTMLElement[] = [];

  /**
   * @param shape [z, y, x]
   * @param moved hears where the crosshair is; undefined for a view without controls
   */
  constructor(
    readonly shape: readonly number[],
    private readonly gray: Uint8ClampedArray,
    private readonly moved?: (cursor: Cursor) => void,
  ) {
    this.sides = [shape[2], shape[1], shape[0]];
    this.scale = Math.ceil(LEAST_PIXELS / Math.max(...shape));
    this.cursor = this.brightest();
    for (const plane of PLANES) {
      this.root.append(this.build(plane));
    }
    this.draw();
  }

  /** Where to look first: the first of the largest values. */
  private brightest(): Cursor {
    const peak = this.gray.reduce((best, value, i) => (value > this.gray[best] ? i : best), 0);
    const [across, up] = this.sides;
    const row = Math.floor(peak / across);
    return [peak % across, row % up, Math.floor(row / up)];
  }

  /** Where the crosshair is. */
  position(): Cursor {
    return this.cursor;
  }

  /** Moves the crosshair, without telling. */
  moveTo(cursor: Cursor): void {
    this.cursor = cursor;
    this.draw();
  }

  at(cursor: Cursor): number {
    const [x, y, z] = cursor;
    return this.gray[(z * this.sides[1] + y) * this.sides[0] + x];
  }

  private build(plane: Plane): HTMLElement {
    const canvas = element("canvas", {
      width: this.sides[plane.across] * this.scale,
      height: this.sides[plane.up] * this.scale,
      role: "img",
      "aria-label": texts.sliceOf(plane.name),
    });
    this.canvases.push(canvas);
    const figure = element("div", { class: "plane" }, canvas);
    if (this.moved === undefined) {
      const caption = element("p", { class: "voxel" });
      this.captions[plane.through] = caption;
      figure.append(caption);
    } else {
      const range = [0, this.sides[plane.through] - 1, 1] as const;
      const control = slider(plane.name, range, this.cursor[plane.through], (value) =>
        this.move(plane.through, value),
      );
      this.sliders[plane.through] = control;
      figure.append(control.root);
      canvas.classList.add("pointed");
      canvas.addEventListener("pointerdown", (event) => this.point(plane, canvas, event));
      canvas.addEventListener("pointermove", (event) => {
        if (event.buttons === 1) {
          this.point(plane, canvas, event);
        }
      });
    }
    return figure;
  }

  private point(plane: Plane, canvas: HTMLCanvasElement, event: PointerEvent): void {
    const box = canvas.getBoundingClientRect();
    const [width, height] = [this.sides[plane.across], this.sides[plane.up]];
    this.move(plane.across, Math.floor(((event.clientX - box.left) / box.width) * width));
    this.move(plane.up, height - 1 - Math.floor(((event.clientY - box.top) / box.height) * height));
  }

  private move(axis: number, value: number): void {
    const limited = Math.min(Math.max(value, 0), this.sides[axis] - 1);
    const next = [...this.cursor] as [number, number, number];
    next[axis] = limited;
    this.cursor = next;
    this.sliders[axis]?.set(limited);
    this.draw();
    this.moved?.(this.cursor);
  }

  private draw(): void {
    PLANES.forEach((plane, i) => this.drawPlane(plane, this.canvases[i]));
    for (const { name, through } of PLANES) {
      const caption = this.captions[through];
      if (caption !== undefined) {
        caption.textContent = texts.sliceAt(name, this.cursor[through]);
      }
    }
  }

  private drawPlane(plane: Plane, canvas: HTMLCanvasElement): void {
    const slice = element("canvas", {
      width: this.sides[plane.across],
      height: this.sides[plane.up],
    });
    const { width, height } = slice;
    const samples = new Uint8ClampedArray(width * height);
    const at = [...this.cursor] as [number, number, number];
    for (let row = 0; row < height; row++) {
      at[plane.up] = height - 1 - row;
      for (let column = 0; column < width; column++) {
        at[plane.across] = column;
        samples[row * width + column] = this.at(at);
      }
    }
    paint(slice, { width, height, channels: 1, samples });
    const context = canvas.getContext("2d")!;
    context.imageSmoothingEnabled = false;
    context.drawImage(slice, 0, 0, canvas.width, canvas.height);
    this.drawCrosshair(plane, canvas, context);
  }

  /** Two lines through the middle of the voxel, which they leave free. */
  private drawCrosshair(
    plane: Plane,
    { width, height }: HTMLCanvasElement,
    context: CanvasRenderingContext2D,
  ): void {
    const x = (this.cursor[plane.across] + 0.5) * this.scale;
    const y = height - (this.cursor[plane.up] + 0.5) * this.scale;
    const gap = 1.5 * this.scale;
    context.strokeStyle = "#2dd4bf";
    context.lineWidth = 2;
    context.beginPath();
    for (const [x0, y0, x1, y1] of [
      [x, 0, x, y - gap],
      [x, y + gap, x, height],
      [0, y, x - gap, y],
      [x + gap, y, width, y],
    ]) {
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
    }
    context.stroke();
  }
}
