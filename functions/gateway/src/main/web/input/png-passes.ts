import { badFile } from "../user-error.ts";
import type { PngHeader } from "./png.ts";

/** A pass of Adam7: first column and row, and the distance to the next ones. */
type Pass = readonly [column: number, row: number, columns: number, rows: number];

const WHOLE: readonly Pass[] = [[0, 0, 1, 1]];
const ADAM7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** Undoes filters and interlacing: samples of all pixels, row by row. */
export function decodePasses(raw: Uint8Array, header: PngHeader): Uint16Array {
  const { width, height, channels, depth } = header;
  const samples = new Uint16Array(width * height * channels);
  let position = 0;
  for (const [column, row, columns, rows] of header.interlaced ? ADAM7 : WHOLE) {
    const across = Math.max(0, Math.ceil((width - column) / columns));
    const down = across === 0 ? 0 : Math.max(0, Math.ceil((height - row) / rows));
    const rowBytes = Math.ceil((across * channels * depth) / 8);
    const step = Math.max(1, (channels * depth) / 8);
    let above = new Uint8Array(rowBytes);
    for (let y = 0; y < down; y++) {
      if (position + 1 + rowBytes > raw.length) {
        throw badFile("the PNG's pixels end too early");
      }
      const line = raw.slice(position + 1, position + 1 + rowBytes);
      unfilter(raw[position], line, above, step);
      position += 1 + rowBytes;
      for (let x = 0; x < across; x++) {
        const pixel = (row + y * rows) * width + column + x * columns;
        for (let channel = 0; channel < channels; channel++) {
          samples[pixel * channels + channel] = sampleAt(line, x * channels + channel, depth);
        }
      }
      above = line;
    }
  }
  return samples;
}

function sampleAt(line: Uint8Array, index: number, depth: number): number {
  if (depth === 8) {
    return line[index];
  }
  if (depth === 16) {
    return line[2 * index] * 256 + line[2 * index + 1];
  }
  const bit = index * depth;
  return (line[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

function unfilter(type: number, line: Uint8Array, above: Uint8Array, step: number): void {
  for (let i = 0; i < line.length; i++) {
    const left = i < step ? 0 : line[i - step];
    const corner = i < step ? 0 : above[i - step];
    line[i] += predict(type, left, above[i], corner);
  }
}

function predict(type: number, left: number, up: number, corner: number): number {
  switch (type) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      throw badFile(`PNG filter ${type} is unknown: the file is damaged`);
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) {
    return left;
  }
  return toUp <= toCorner ? up : corner;
}
