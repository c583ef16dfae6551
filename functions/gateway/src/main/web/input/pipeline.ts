import { badFile, UserError } from "../user-error.ts";
import { Grid } from "./grid.ts";
import { applyIntensities } from "./intensities.ts";
import { fits, pictureInput, volumeSides } from "./model-input.ts";
import type { Preprocess } from "./preprocess.ts";
import { product, type Samples } from "./samples.ts";

const BYTE_TO_UNIT = [1, 255] as const;
const IDENTITY = [1, 1] as const;

/**
 * The model input for decoded samples: docs/PREPROCESS.md, steps 3 to 12.
 *
 * @param shape the model's input
 */
export function preprocessSamples(
  samples: Samples,
  preprocess: Preprocess,
  shape: readonly number[],
): Float32Array {
  const finite = handleNonFinite(samples, preprocess);
  if (samples.kind === "tensor") {
    return tensor(finite, preprocess, shape);
  }
  if (preprocess.input !== undefined && preprocess.input !== samples.kind) {
    throw new UserError("misfit", { file: describe(samples), model: `a ${preprocess.input}` });
  }
  return samples.kind === "image"
    ? image(finite, preprocess, shape)
    : volume(finite, preprocess, shape);
}

function handleNonFinite(samples: Samples, preprocess: Preprocess): Samples {
  const values = samples.values.map((value, i) => {
    if (Number.isFinite(value)) {
      return value;
    }
    if (preprocess.nonFinite === "refuse") {
      throw badFile(`value ${i} is ${value}`);
    }
    return 0;
  });
  return { ...samples, values };
}

function tensor(samples: Samples, preprocess: Preprocess, shape: readonly number[]): Float32Array {
  if (product(samples.shape) !== product(shape)) {
    throw misfit(samples, shape);
  }
  const declared = (preprocess.input ?? "tensor") === "tensor";
  return toFloat(
    declared ? applyIntensities(samples.values, preprocess, 1, IDENTITY) : samples.values,
  );
}

function image(samples: Samples, preprocess: Preprocess, shape: readonly number[]): Float32Array {
  const target = pictureInput(shape, preprocess.layout);
  const channels = preprocess.channels ?? (target && (target.channels === 1 ? "gray" : "rgb"));
  const whole = Grid.ofPicture(samples);
  const coloured = channels === undefined ? whole : whole.withChannels(channels);
  const grid = cropAndResize(coloured, preprocess, target?.sides, true);
  const values = applyIntensities(grid.values, preprocess, grid.channels, BYTE_TO_UNIT);
  const layout = target?.layout ?? preprocess.layout ?? "NCHW";
  const channelsFirst = layout === "NCHW";
  const natural = channelsFirst ? [grid.channels, ...grid.sides] : [...grid.sides, grid.channels];
  if (!fits(shape, natural)) {
    throw misfit(samples, shape);
  }
  return toFloat(channelsFirst ? toChannelsFirst(values, grid.channels) : values);
}

function volume(samples: Samples, preprocess: Preprocess, shape: readonly number[]): Float32Array {
  const whole = Grid.ofVolume(samples, preprocess.axes);
  const grid = cropAndResize(whole, preprocess, volumeSides(shape), false);
  if (!fits(shape, grid.sides)) {
    throw misfit(samples, shape);
  }
  return toFloat(applyIntensities(grid.values, preprocess, 1, IDENTITY));
}

function cropAndResize(
  whole: Grid,
  { crop, resize }: Preprocess,
  modelSides: readonly number[] | undefined,
  byDefault: boolean,
): Grid {
  const grid = crop === undefined ? whole : whole.crop(crop);
  const wanted = resize !== undefined || (byDefault && modelSides !== undefined);
  const method = resize?.method ?? "bilinear";
  if (!wanted || method === "none") {
    return grid;
  }
  const size = resize !== undefined && resize.size.length > 0 ? resize.size : modelSides;
  if (size === undefined) {
    throw new UserError("preprocess", { problem: "'resize' does not say to which size" });
  }
  return grid.resize(size, method);
}

function misfit(samples: Samples, shape: readonly number[]): UserError {
  return new UserError("misfit", { file: describe(samples), model: shape.join(" × ") });
}

function describe({ kind, shape }: Samples): string {
  switch (kind) {
    case "image":
      return `a picture of ${shape[1]} × ${shape[0]} pixels`;
    case "tensor":
      return `a tensor of ${shape.join(" × ")}`;
    case "volume":
      return `a volume of ${shape[2]} × ${shape[1]} × ${shape[0]} voxels`;
  }
}

function toChannelsFirst(values: Float64Array, channels: number): Float64Array {
  const pixels = values.length / channels;
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    result[(i % channels) * pixels + Math.floor(i / channels)] = values[i];
  }
  return result;
}

/** The one rounding to binary32. */
function toFloat(values: Float64Array): Float32Array {
  const floats = Float32Array.from(values);
  const beyond = floats.findIndex((value) => !Number.isFinite(value));
  if (beyond >= 0) {
    throw badFile(`value ${beyond} is ${values[beyond]} after preprocessing, beyond a float`);
  }
  return floats;
}
