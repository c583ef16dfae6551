import { badFile } from "../user-error.ts";
import { type DicomDataset } from "./dicom-dataset.ts";
import type { Window } from "./preprocess.ts";

const DECIMAL = /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/;
const WINDOW_CENTER = 0x00281050;
const WINDOW_WIDTH = 0x00281051;
const RESCALE_INTERCEPT = 0x00281052;
const RESCALE_SLOPE = 0x00281053;
const VOI_LUT_FUNCTION = 0x00281056;
const VOI_LUT_SEQUENCE = 0x00283010;

/** From stored values to units of the modality. */
export interface Rescale {
  readonly slope: number;
  readonly intercept: number;
}

export function rescaleOf(dataset: DicomDataset): Rescale {
  return {
    slope: decimal(dataset, RESCALE_SLOPE, "Rescale Slope", 1),
    intercept: decimal(dataset, RESCALE_INTERCEPT, "Rescale Intercept", 0),
  };
}

/** The window to use: `file` becomes the first of the file, or stays `file` where it has none. */
export function resolveWindow(dataset: DicomDataset, window: Window): Window {
  if (window !== "file") {
    return window;
  }
  const voi = dataset.has(VOI_LUT_FUNCTION) ? dataset.text(VOI_LUT_FUNCTION, "VOI function") : "";
  if (dataset.has(VOI_LUT_SEQUENCE) || !(voi === "" || voi === "LINEAR")) {
    throw badFile("the file's gray-scale is a table or not linear, and the model has no window");
  }
  if (!dataset.has(WINDOW_CENTER) || !dataset.has(WINDOW_WIDTH)) {
    return "file";
  }
  const width = decimal(dataset, WINDOW_WIDTH, "Window Width", 0);
  if (width < 1) {
    throw badFile(`Window Width (0028,1051) is ${width}, it must be at least 1`);
  }
  return { center: decimal(dataset, WINDOW_CENTER, "Window Center", 0), width };
}

/** Maps stored values in place: rescale, then window (PS3.3 sections C.11.1, C.11.2.1.2.1). */
export function applyWindow(
  values: Float64Array,
  { slope, intercept }: Rescale,
  window: Window,
  [lowest, highest]: readonly [number, number],
  inverted: boolean,
): void {
  const low = lowest * slope + intercept;
  const high = highest * slope + intercept;
  const white = window === "none" ? low + high : 255;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] * slope + intercept;
    const mapped =
      window === "none"
        ? v
        : window === "file"
          ? ((v - low) / (high - low)) * 255
          : linear(v, window.center, window.width);
    values[i] = inverted ? white - mapped : mapped;
  }
}

function linear(v: number, center: number, width: number): number {
  const middle = center - 0.5;
  const half = (width - 1) / 2;
  if (v <= middle - half) {
    return 0;
  }
  return v > middle + half ? 255 : ((v - middle) / (width - 1) + 0.5) * 255;
}

function decimal(dataset: DicomDataset, tag: number, field: string, missing: number): number {
  if (!dataset.has(tag)) {
    return missing;
  }
  const text = dataset.text(tag, field);
  const value = text.length <= 32 && DECIMAL.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value) || (tag === RESCALE_SLOPE && value === 0)) {
    throw badFile(`${field} is '${text.slice(0, 32)}', which makes no image`);
  }
  return value;
}
