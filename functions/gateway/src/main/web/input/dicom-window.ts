import { badFile } from "../user-error.ts";
import type { DicomDataset } from "./dicom-dataset.ts";
import { exponential } from "./exponential.ts";
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

/** PS3.3 sections C.11.2.1.2.1, C.11.2.1.3.2, C.11.2.1.3.1. */
type VoiFunction = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

export interface VoiWindow {
  readonly center: number;
  readonly width: number;
  readonly voi: VoiFunction;
}

/** What turns stored values into a picture. */
export interface GrayScale {
  readonly rescale: Rescale;
  /** `file` where it has no window: then the range of the stored bits. */
  readonly window: "file" | "none" | VoiWindow;
  /** What the stored bits can hold. */
  readonly range: readonly [number, number];
  /** Whether low values are bright (MONOCHROME1). */
  readonly inverted: boolean;
  /** Not 0 for every pixel that is padding; undefined where none is. */
  readonly padding: Uint8Array | undefined;
}

export function rescaleOf(dataset: DicomDataset): Rescale {
  const slope = rescale(dataset, RESCALE_SLOPE, "Rescale Slope", 1);
  if (slope === 0) {
    throw badFile("Rescale Slope (0028,1053) is 0, which makes no image");
  }
  return { slope, intercept: rescale(dataset, RESCALE_INTERCEPT, "Rescale Intercept", 0) };
}

/** The window to use: `file` becomes the first of the file that is one, or stays `file`. */
export function resolveWindow(dataset: DicomDataset, window: Window): "file" | "none" | VoiWindow {
  if (window === "none") {
    return window;
  }
  if (window !== "file") {
    return { ...window, voi: "LINEAR" };
  }
  const widths = dataset.texts(WINDOW_WIDTH);
  for (const [i, text] of dataset.texts(WINDOW_CENTER).slice(0, widths.length).entries()) {
    if (text === "" || widths[i] === "") {
      continue;
    }
    const center = decimal(text, "Window Center");
    const width = decimal(widths[i], "Window Width");
    if (width > 0) {
      const voi = functionOf(dataset);
      if (voi !== "LINEAR" || width >= 1) {
        return { center, width, voi };
      }
    }
  }
  if (dataset.hasValue(VOI_LUT_SEQUENCE)) {
    throw badFile("the file's gray-scale is a table, and the model declares no window");
  }
  return "file";
}

function functionOf(dataset: DicomDataset): VoiFunction {
  const voi = dataset.texts(VOI_LUT_FUNCTION)[0] ?? "";
  switch (voi) {
    case "":
      return "LINEAR";
    case "LINEAR":
    case "LINEAR_EXACT":
    case "SIGMOID":
      return voi;
    default:
      throw badFile("the VOI LUT Function (0028,1056) is unknown, and the model declares no window");
  }
}

/** Maps stored values in place: rescale, then window (PS3.3 sections C.11.1, C.11.2.1). */
export function applyWindow(values: Float64Array, scale: GrayScale): void {
  const { slope, intercept } = scale.rescale;
  const ends = scale.range.map((end) => end * slope + intercept);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const { window, padding } = scale;
  const white = window === "none" ? low + high : 255;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] * slope + intercept;
    if (padding !== undefined && padding[i] !== 0) {
      values[i] = window === "none" ? Math.min(v, white - v) : 0;
      continue;
    }
    const mapped =
      window === "none"
        ? v
        : window === "file"
          ? ((v - low) / (high - low)) * 255
          : MAPPINGS[window.voi](v, window.center, window.width);
    values[i] = scale.inverted ? white - mapped : mapped;
  }
}

const MAPPINGS: Record<VoiFunction, (v: number, center: number, width: number) => number> = {
  LINEAR: (v, center, width) => {
    const middle = center - 0.5;
    const half = (width - 1) / 2;
    if (v <= middle - half) {
      return 0;
    }
    return v > middle + half ? 255 : ((v - middle) / (width - 1) + 0.5) * 255;
  },
  LINEAR_EXACT: (v, center, width) => {
    if (v <= center - width / 2) {
      return 0;
    }
    return v > center + width / 2 ? 255 : ((v - center) / width + 0.5) * 255;
  },
  SIGMOID: (v, center, width) => 255 / (1 + exponential((-4 * (v - center)) / width)),
};

function rescale(dataset: DicomDataset, tag: number, field: string, missing: number): number {
  const text = dataset.texts(tag)[0] ?? "";
  return text === "" ? missing : decimal(text, field);
}

function decimal(text: string, field: string): number {
  const value = text.length <= 32 && DECIMAL.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(value)) {
    throw badFile(`${field} is '${text.slice(0, 32)}', which is not a number`);
  }
  return value;
}
