import { badFile } from "../user-error.ts";
import { DicomDataset, PIXEL_DATA } from "./dicom-dataset.ts";
import { isPadding, paddingOf } from "./dicom-padding.ts";
import { applyWindow, type GrayScale, rescaleOf, resolveWindow } from "./dicom-window.ts";
import type { Window } from "./preprocess.ts";
import { chooseFrame, countSamples, type Samples } from "./samples.ts";

const MODALITY_LUT = 0x00283000;
const PER_FRAME_GROUPS = 0x52009230;

/** Image pixel module, PS3.3 section C.7.6.3. */
interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly allocated: number;
  readonly stored: number;
  readonly signed: boolean;
}

/** A gray image before its window, so that a viewer can show it under others. */
export interface GrayImage extends GrayScale {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** One frame of an uncompressed DICOM image as a picture, and the gray image behind it. */
export async function decodeDicom(
  bytes: Uint8Array<ArrayBuffer>,
  frame: number | undefined,
  window: Window,
): Promise<Samples & { gray?: GrayImage }> {
  const dataset = await DicomDataset.parse(bytes);
  if (dataset.hasValue(MODALITY_LUT) || dataset.has(PER_FRAME_GROUPS)) {
    throw badFile("tables and enhanced multi-frame images are not read; convert it to NIfTI or PNG");
  }
  const photometric = dataset.text(0x00280004, "Photometric Interpretation");
  const layout = layoutOf(dataset, photometric);
  const frames = framesOf(dataset);
  const index = chooseFrame(frames, frame);
  const { values, padding } = pixels(dataset, layout, frames, index);
  const picture: Samples = {
    kind: "image",
    shape: [layout.rows, layout.columns, layout.channels],
    values,
  };
  if (layout.channels !== 1) {
    return picture;
  }
  const gray: GrayImage = {
    rows: layout.rows,
    columns: layout.columns,
    values: values.slice(),
    rescale: rescaleOf(dataset),
    window: resolveWindow(dataset, window),
    range: rangeOf(layout),
    inverted: photometric === "MONOCHROME1",
    padding,
  };
  applyWindow(values, gray);
  return { ...picture, gray };
}

function layoutOf(dataset: DicomDataset, photometric: string): Layout {
  const channels = dataset.number(0x00280002, "Samples per Pixel");
  const expected = { MONOCHROME1: 1, MONOCHROME2: 1, RGB: 3 }[photometric];
  const allocated = dataset.number(0x00280100, "Bits Allocated");
  const stored = dataset.number(0x00280101, "Bits Stored");
  const highBit = dataset.number(0x00280102, "High Bit");
  const signed = dataset.number(0x00280103, "Pixel Representation");
  const known = allocated === 8 || (allocated === 16 && channels === 1);
  const fits = stored >= 1 && stored <= allocated && highBit === stored - 1 && signed <= 1;
  const colour = channels !== 3 || (stored === 8 && signed === 0);
  if (channels !== expected || !known || !fits || !colour) {
    throw badFile(
      `pixel format not read: ${photometric.replace(/[^A-Z0-9_ ]/g, "?")}, ${channels} samples of ` +
        `${stored} in ${allocated} bits; convert it to PNG or NIfTI`,
    );
  }
  const rows = dataset.number(0x00280010, "Rows");
  const columns = dataset.number(0x00280011, "Columns");
  countSamples("the image", [rows, columns, channels]);
  return { rows, columns, channels, allocated, stored, signed: signed === 1 };
}

function rangeOf(layout: Layout): readonly [number, number] {
  return layout.signed
    ? [-(2 ** (layout.stored - 1)), 2 ** (layout.stored - 1) - 1]
    : [0, 2 ** layout.stored - 1];
}

function framesOf(dataset: DicomDataset): number {
  const tag = 0x00280008;
  const text = dataset.has(tag) ? dataset.text(tag, "Number of Frames") : "";
  if (!/^([0-9]{1,6})?$/.test(text) || /^0+$/.test(text)) {
    throw badFile("Number of Frames (0028,0008) is not a positive number");
  }
  return text === "" ? 1 : Number(text);
}

function pixels(dataset: DicomDataset, layout: Layout, frames: number, frame: number) {
  const element = dataset.element(PIXEL_DATA, "Pixel Data");
  const count = layout.rows * layout.columns * layout.channels;
  const sampleBytes = layout.allocated / 8;
  const needed = frames * count * sampleBytes;
  const data = element.value.rest();
  // The value is padded to an even length.
  if (data.length !== needed && data.length !== needed + 1) {
    throw badFile(`Pixel Data has ${data.length} bytes, rows, columns and frames need ${needed}`);
  }
  // 8-bit samples in 16-bit words: a big-endian file has the bytes of each word exchanged.
  const exchanged =
    !element.value.little &&
    layout.allocated === 8 &&
    element.representation === "OW" &&
    needed % 2 === 0;
  const planar =
    layout.channels === 3 && dataset.number(0x00280006, "Planar Configuration") === 1;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const declared = paddingOf(dataset, layout.signed);
  const values = new Float64Array(count);
  const padding = declared === undefined ? undefined : new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const stored = planar ? (i % 3) * (count / 3) + Math.floor(i / 3) : i;
    const at = (frame * count + stored) * sampleBytes;
    const raw =
      layout.allocated === 16
        ? view.getInt16(at, element.value.little)
        : view.getUint8(exchanged ? at ^ 1 : at);
    values[i] = extend(raw, layout.stored, layout);
    if (declared !== undefined && padding !== undefined) {
      padding[i] = Number(isPadding(declared, values[i], extend(raw, layout.allocated, layout)));
    }
  }
  return { values, padding };
}

/** The number in the lowest `bits` of `raw`: those above may hold overlays. */
function extend(raw: number, bits: number, { signed }: Layout): number {
  const unused = 32 - bits;
  return signed ? (raw << unused) >> unused : (raw << unused) >>> unused;
}
