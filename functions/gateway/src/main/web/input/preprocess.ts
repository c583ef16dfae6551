import type { InputKind } from "./samples.ts";

/** How gray DICOM values become 0 to 255. */
export type Window = "file" | "none" | { readonly center: number; readonly width: number };

export type Channels = "bgr" | "gray" | "rgb";
export type Layout = "NCHW" | "NHWC";
export type Method = "area" | "bilinear" | "nearest" | "none";
export type Normalize = "minmax" | "none" | "zscore" | "zscore-nonzero";

export type Crop =
  | { readonly fraction: number }
  | { readonly square: number }
  | { readonly start: readonly number[]; readonly size: readonly number[] };

export interface Resize {
  /** Height and width, or depth, height and width; empty for the model's own. */
  readonly size: readonly number[];
  readonly method: Method;
}

/**
 * What happens to a decoded file on its way to a model input: docs/PREPROCESS.md. Absent properties
 * take the defaults of that page.
 */
export interface Preprocess {
  readonly input?: InputKind;
  readonly frame?: number;
  readonly window: Window;
  readonly nonFinite: "refuse" | "zero";
  readonly channels?: Channels;
  /** That a volume is brought into first. */
  readonly orientation?: string;
  readonly axes: string;
  readonly crop?: Crop;
  readonly resize?: Resize;
  readonly layout?: Layout;
  readonly clip?: readonly [low: number, high: number];
  readonly scale?: readonly [numerator: number, denominator: number];
  readonly normalize: Normalize;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export const DEFAULT_PREPROCESS: Preprocess = {
  window: "file",
  nonFinite: "refuse",
  axes: "xyz",
  normalize: "none",
  mean: [0],
  std: [1],
};
