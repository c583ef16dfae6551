import { element } from "shared/dom.ts";

/** Gray or colour samples 0 to 255, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly samples: Uint8ClampedArray;
}

/** A canvas of the picture's size; its style decides how large it is shown. */
export function pictureCanvas(picture: Picture, label: string): HTMLCanvasElement {
  const { width, height } = picture;
  const canvas = element("canvas", { width, height, role: "img", "aria-label": label });
  paint(canvas, picture);
  return canvas;
}

export function paint(canvas: HTMLCanvasElement, picture: Picture): void {
  const { width, height, channels, samples } = picture;
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      image.data[4 * pixel + colour] = samples[pixel * channels + (channels === 3 ? colour : 0)];
    }
    image.data[4 * pixel + 3] = 255;
  }
  canvas.getContext("2d")!.putImageData(image, 0, 0);
}

/** The picture that samples of this shape are: planes or rows of colour, gray, or a square of them. */
export function pictureOf(shape: readonly number[], samples: Uint8ClampedArray): Picture {
  const [first, second, third] = shape;
  if (shape.length === 2) {
    return { width: second, height: first, channels: 1, samples };
  }
  if (shape.length === 3 && third === 3) {
    return { width: second, height: first, channels: 3, samples };
  }
  if (shape.length === 3 && first === 3) {
    return { width: third, height: second, channels: 3, samples: interleaved(samples) };
  }
  const side = Math.ceil(Math.sqrt(samples.length));
  const square = new Uint8ClampedArray(side * side);
  square.set(samples);
  return { width: side, height: side, channels: 1, samples: square };
}

function interleaved(planes: Uint8ClampedArray): Uint8ClampedArray {
  const pixels = planes.length / 3;
  return planes.map((_, i) => planes[(i % 3) * pixels + Math.floor(i / 3)]);
}
