import { UserError } from "../user-error.ts";
import { isOrientation, ORIENTATION_RULE } from "./orientation.ts";
import {
  type Crop,
  DEFAULT_PREPROCESS,
  type Method,
  type Preprocess,
  type Resize,
  type Window,
} from "./preprocess.ts";
import type { InputKind } from "./samples.ts";
import { parseYaml, type Yaml } from "./yaml.ts";

const MAX_SIDE = 2 ** 15;
const DECIMAL = /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/;
const ARITHMETIC = ["clip", "scale", "normalize", "mean", "std"];
const KEYS: Record<InputKind, readonly string[]> = {
  image: ["frame", "window", "channels", "crop", "resize", "layout", ...ARITHMETIC],
  tensor: ["nonfinite", ...ARITHMETIC],
  volume: ["frame", "nonfinite", "orientation", "axes", "crop", "resize", ...ARITHMETIC],
};

/** Reads a declaration; keys and meanings are in docs/PREPROCESS.md. */
export function parsePreprocess(text: string): Preprocess {
  const yaml = parseYaml(text);
  if (word(yaml, "version") !== "1") {
    throw error("version is not 1, the only version there is");
  }
  const input = choice(yaml, "input", ["image", "tensor", "volume"]);
  allowOnly(yaml, ["version", "input", ...KEYS[input]]);
  const sides = input === "volume" ? ["depth", "height", "width"] : ["height", "width"];
  const has = <T>(key: string, read: (value: Yaml) => T): Record<string, T> => {
    const value = yaml.get(key);
    return value === undefined ? {} : { [key]: read(value) };
  };
  return {
    ...DEFAULT_PREPROCESS,
    input,
    ...has("frame", (value) => integer("frame", value, 0, MAX_SIDE - 1)),
    ...has("window", window),
    nonFinite: yaml.has("nonfinite") ? choice(yaml, "nonfinite", ["refuse", "zero"]) : "refuse",
    ...has("channels", () => choice(yaml, "channels", ["bgr", "gray", "rgb"])),
    ...has("orientation", () => orientation(yaml)),
    ...has("axes", () => choice(yaml, "axes", ["xyz", "xzy", "yxz", "yzx", "zxy", "zyx"])),
    ...has("crop", (value) => crop(value, sides.length)),
    ...has("resize", (value) => resize(value, sides)),
    ...has("layout", () => choice(yaml, "layout", ["NCHW", "NHWC"])),
    ...has("clip", clip),
    ...has("scale", scale),
    ...has("normalize", () =>
      choice(yaml, "normalize", ["minmax", "none", "zscore", "zscore-nonzero"]),
    ),
    ...has("mean", (value) => perChannel("mean", value, input)),
    ...has("std", (value) => perChannel("std", value, input)),
  };
}

function error(problem: string): UserError {
  return new UserError("preprocess", { problem });
}

function allowOnly(yaml: Map<string, Yaml>, known: readonly string[]): void {
  for (const key of yaml.keys()) {
    if (!known.includes(key)) {
      throw error(`unknown key '${key}'; known keys: ${known.join(", ")}`);
    }
  }
}

function word(yaml: Map<string, Yaml>, key: string): string {
  const value = yaml.get(key);
  if (typeof value !== "string") {
    throw error(`'${key}' is missing, or is not a single word`);
  }
  return value;
}

function choice<T extends string>(yaml: Map<string, Yaml>, key: string, words: readonly T[]): T {
  const found = words.find((each) => each === word(yaml, key));
  if (found === undefined) {
    throw error(`'${key}' must be one of ${words.join(", ")}`);
  }
  return found;
}

function integer(key: string, value: Yaml | undefined, low: number, high: number): number {
  const number = typeof value === "string" && /^-?[0-9]{1,9}$/.test(value) ? Number(value) : NaN;
  if (!(number >= low && number <= high)) {
    throw error(`'${key}' must be a whole number from ${low} to ${high}`);
  }
  return number;
}

function decimal(key: string, value: Yaml | undefined): number {
  const fits = typeof value === "string" && value.length <= 40 && DECIMAL.test(value);
  const number = fits ? Number(value) : NaN;
  if (!Number.isFinite(number)) {
    throw error(`'${key}' must be a decimal number such as 0.5 or 1e-3`);
  }
  return number;
}

function orientation(yaml: Map<string, Yaml>): string {
  const code = word(yaml, "orientation");
  if (!isOrientation(code)) {
    throw error(`'orientation' ${ORIENTATION_RULE}`);
  }
  return code;
}

function list<T>(key: string, value: Yaml | undefined, item: (value: Yaml) => T): T[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw error(`'${key}' must be a list such as [1, 2]`);
  }
  return value.map(item);
}

function window(value: Yaml): Window {
  if (value === "file" || value === "none") {
    return value;
  }
  if (!(value instanceof Map)) {
    throw error("'window' must be file, none or {center: C, width: W}");
  }
  allowOnly(value, ["center", "width"]);
  const width = decimal("width", value.get("width"));
  if (width < 1) {
    throw error(`'width' is ${width}; it must be at least 1`);
  }
  return { center: decimal("center", value.get("center")), width };
}

function crop(value: Yaml, axes: number): Crop {
  if (!(value instanceof Map)) {
    throw error("'crop' must have keys of its own");
  }
  allowOnly(value, ["fraction", "square", "start", "size"]);
  const box = value.has("start") || value.has("size");
  if (Number(box) + Number(value.has("fraction")) + Number(value.has("square")) !== 1) {
    throw error("'crop' must have either fraction, or square, or start and size");
  }
  if (box) {
    const start = list("start", value.get("start"), (v) => integer("start", v, 0, MAX_SIDE - 1));
    const size = list("size", value.get("size"), (v) => integer("size", v, 1, MAX_SIDE));
    if (start.length !== axes || size.length !== axes) {
      throw error(`'crop' start and size must have ${axes} numbers each`);
    }
    return { start, size };
  }
  return value.has("fraction")
    ? { fraction: fraction("fraction", value) }
    : { square: fraction("square", value) };
}

function fraction(key: string, crop: Map<string, Yaml>): number {
  const number = decimal(key, crop.get(key));
  if (!(number > 0 && number <= 1)) {
    throw error(`'${key}' must be above 0 and at most 1`);
  }
  return number;
}

function resize(value: Yaml, sides: readonly string[]): Resize {
  if (value === "none") {
    return { size: [], method: "none" };
  }
  if (!(value instanceof Map)) {
    throw error("'resize' must be none or {height: H, width: W, method: bilinear}");
  }
  allowOnly(value, [...sides, "method"]);
  const given = sides.filter((side) => value.has(side));
  if (given.length !== 0 && given.length !== sides.length) {
    throw error(`'resize' must have all or none of ${sides.join(", ")}`);
  }
  const size = given.map((side) => integer(side, value.get(side), 1, MAX_SIDE));
  const methods: readonly Method[] = ["area", "bilinear", "nearest"];
  const method = value.has("method") ? choice(value, "method", methods) : "bilinear";
  return { size, method };
}

function clip(value: Yaml): [number, number] {
  const [low, high, ...more] = list("clip", value, (v) => decimal("clip", v));
  if (more.length > 0 || high === undefined || !(low < high)) {
    throw error("'clip' must be [low, high] with low < high");
  }
  return [low, high];
}

function scale(value: Yaml): [number, number] {
  const parts = typeof value === "string" ? value.split("/").map((part) => part.trim()) : [];
  const numerator = decimal("scale", parts[0]);
  const denominator = parts.length === 1 ? 1 : decimal("scale", parts[1]);
  if (parts.length > 2 || denominator === 0) {
    throw error("'scale' must be a decimal, or N/D with D other than 0");
  }
  return [numerator, denominator];
}

function perChannel(key: string, value: Yaml, input: InputKind): number[] {
  const values =
    typeof value === "string" ? [decimal(key, value)] : list(key, value, (v) => decimal(key, v));
  if (values.length !== 1 && !(input === "image" && values.length === 3)) {
    throw error(`'${key}' has ${values.length} values; one is needed, or one per channel`);
  }
  if (key === "std" && values.includes(0)) {
    throw error("'std' has a 0, which would divide by zero");
  }
  return values;
}
