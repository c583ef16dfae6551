import { element, slider } from "./dom.ts";
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
  private cursor: Cursor;
  private readonly canvases: HTMLCanvasElement[] = [];
  private readonly sliders: { set: (value: number) => void }[] = [];

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
    this.cursor = [shape[2] >> 1, shape[1] >> 1, shape[0] >> 1];
    for (const plane of PLANES) {
      this.root.append(this.build(plane));
    }
    this.draw();
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
      width: this.sides[plane.across],
      height: this.sides[plane.up],
      role: "img",
      "aria-label": texts.sliceOf(plane.name),
    });
    this.canvases.push(canvas);
    const figure = element("div", { class: "plane" }, canvas);
    if (this.moved !== undefined) {
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
    const across = Math.floor(((event.clientX - box.left) / box.width) * canvas.width);
    const down = Math.floor(((event.clientY - box.top) / box.height) * canvas.height);
    this.move(plane.across, across);
    this.move(plane.up, canvas.height - 1 - down);
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
  }

  private drawPlane(plane: Plane, canvas: HTMLCanvasElement): void {
    const { width, height } = canvas;
    const samples = new Uint8ClampedArray(width * height);
    const at = [...this.cursor] as [number, number, number];
    for (let row = 0; row < height; row++) {
      at[plane.up] = height - 1 - row;
      for (let column = 0; column < width; column++) {
        at[plane.across] = column;
        samples[row * width + column] = this.at(at);
      }
    }
    paint(canvas, { width, height, channels: 1, samples });
    this.drawCrosshair(plane, canvas);
  }

  private drawCrosshair(plane: Plane, canvas: HTMLCanvasElement): void {
    const context = canvas.getContext("2d")!;
    context.fillStyle = "rgb(45 212 191 / 55%)";
    const column = this.cursor[plane.across];
    const row = canvas.height - 1 - this.cursor[plane.up];
    context.fillRect(column, 0, 1, row - 2);
    context.fillRect(column, row + 3, 1, canvas.height);
    context.fillRect(0, row, column - 2, 1);
    context.fillRect(column + 3, row, canvas.width, 1);
  }
}
