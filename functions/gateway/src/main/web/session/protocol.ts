import type { GrayImage } from "../input/dicom.ts";
import type { Doubt, InputKind } from "../input/samples.ts";
import type { Trouble } from "../user-error.ts";
import type { Ranking } from "./ranking.ts";

/**
 * What the page asks the worker for. Everything secret happens in the worker. Sessions belong to an
 * account, see `accountKey`.
 */
export type Request =
  | { readonly ask: "expect"; readonly model: string; readonly version: string }
  | {
      readonly ask: "prepare";
      readonly model: string;
      readonly version: string;
      readonly file: File;
      /** The other file of a pair. */
      readonly beside: File | undefined;
    }
  | { readonly ask: "infer"; readonly account: string }
  | { readonly ask: "resume"; readonly account: string };

/** A picture or volume to look at. */
export interface View {
  readonly kind: InputKind;
  /** [height, width, channels], [z, y, x], or a tensor's own. */
  readonly shape: readonly number[];
  /** 0 to 255. */
  readonly gray: Uint8ClampedArray;
  /** What `gray` 0 and 255 stand for, in the units of the file. */
  readonly range: readonly [number, number];
  readonly dicom?: GrayImage;
  /** What may make the result wrong. */
  readonly doubts: readonly Doubt[];
}

/** What leaves this machine, to look at: the leading 8 bits of each masked value. */
export interface MaskedView {
  readonly shape: readonly number[];
  readonly gray: Uint8ClampedArray;
}

export type Step = "masks" | "encrypt" | "infer" | "unmask";

/** How an inference ended. */
export interface Outcome {
  readonly ranking: Ranking;
  readonly session: string;
  readonly model: string;
  readonly version: string;
  readonly millis: number;
  /** When, in ISO 8601. */
  readonly finished: string;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly rounds: number;
}

/** What the worker tells. */
export type Answer =
  | { readonly tell: "prepared"; readonly view: View; readonly inputBytes: number }
  | { readonly tell: "nothing-to-resume" }
  | { readonly tell: "resuming"; readonly model: string; readonly version: string }
  | { readonly tell: "step"; readonly step: Step; readonly sentBytes: number; readonly receivedBytes: number }
  | { readonly tell: "masked"; readonly view: MaskedView }
  | { readonly tell: "round"; readonly round: number; readonly rounds: number }
  | { readonly tell: "waiting"; readonly why: Trouble | undefined }
  | { readonly tell: "done"; readonly outcome: Outcome }
  | { readonly tell: "failed"; readonly trouble: Trouble; readonly details: Readonly<Record<string, string>> };
