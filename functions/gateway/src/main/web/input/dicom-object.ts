import { badFile, type UserError } from "../user-error.ts";
import type { DicomDataset } from "./dicom-dataset.ts";

const MEDIA_STORAGE_CLASS = 0x00020002;
const SOP_CLASS = 0x00080016;
const MODALITY = 0x00080060;
const FLOAT_PIXEL_DATA = 0x7fe00008;
const DOUBLE_FLOAT_PIXEL_DATA = 0x7fe00009;
const PIXEL_DATA_URL = 0x00287fe0;
const STORAGE = "1.2.840.10008.5.1.4.1.1.";

/** By what follows the prefix of storage classes (PS3.4 section B.5); the longest that fits. */
const KINDS: Readonly<Record<string, string>> = {
  "4.2": "MR spectroscopy",
  "9": "waveform",
  "11": "presentation state",
  "66": "raw data",
  "66.1": "registration",
  "66.2": "fiducials",
  "66.3": "registration",
  "66.5": "surface",
  "67": "real-world value mapping",
  "68.1": "surface",
  "68.2": "surface",
  "88": "structured report, SR",
  "88.59": "key object selection",
  "104.1": "encapsulated PDF",
  "104.2": "encapsulated CDA document",
  "104.3": "encapsulated 3D model",
  "104.4": "encapsulated 3D model",
  "104.5": "encapsulated 3D model",
  "481": "radiotherapy object",
  "481.3": "RT structure set",
  "481.4": "RT treatment record",
  "481.5": "RT plan",
  "481.6": "RT treatment record",
  "481.7": "RT treatment record",
  "481.8": "RT ion plan",
  "481.9": "RT treatment record",
};

/** The refusal of a data set without Pixel Data, which says what it is instead. */
export function withoutImage(dataset: DicomDataset): UserError {
  if (dataset.has(FLOAT_PIXEL_DATA) || dataset.has(DOUBLE_FLOAT_PIXEL_DATA)) {
    return badFile("pixels in floating point are not read; convert it to NIfTI or npy");
  }
  if (dataset.has(PIXEL_DATA_URL)) {
    return badFile("it holds no image: its pixels are on a server; export it with Pixel Data");
  }
  const first = (tag: number) => dataset.texts(tag)[0] ?? "";
  const kind = kindOf(first(SOP_CLASS) || first(MEDIA_STORAGE_CLASS));
  const modality = first(MODALITY).replace(/[^A-Z0-9_ ]/g, "?").slice(0, 64);
  const about = modality === "" ? "" : `, Modality ${modality}`;
  return badFile(
    `this DICOM object (${kind}${about}) holds no image: Pixel Data (7fe0,0010) is missing`,
  );
}

function kindOf(uid: string): string {
  if (uid === "1.2.840.10008.1.3.10") {
    return "DICOMDIR, an index of files";
  }
  const number = uid.startsWith(STORAGE) ? uid.slice(STORAGE.length) : "";
  const known = KINDS[number] ?? familyOf(number);
  return known ?? (uid === "" ? "of no SOP class" : `SOP class ${uid.replace(/[^0-9.]/g, "?").slice(0, 64)}`);
}

/** Of families whose members are many, not of those that hold images too. */
function familyOf(number: string): string | undefined {
  const family = number.split(".")[0];
  return ["9", "11", "88", "481"].includes(family) ? KINDS[family] : undefined;
}
