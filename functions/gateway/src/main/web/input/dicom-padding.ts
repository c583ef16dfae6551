import type { DicomDataset } from "./dicom-dataset.ts";

const VALUE = 0x00280120;
const RANGE_LIMIT = 0x00280121;

/** The stored values that mean "no image here" (PS3.3 section C.7.5.1.1.2), both ends included. */
export interface Padding {
  readonly low: number;
  readonly high: number;
}

/** What the file declares. Pixel Representation decides about US or SS, whatever the file has. */
export function paddingOf(dataset: DicomDataset, signed: boolean): Padding | undefined {
  if (!dataset.hasValue(VALUE)) {
    return undefined;
  }
  const read = (tag: number, field: string): number => {
    const number = dataset.number(tag, field);
    return signed ? (number << 16) >> 16 : number;
  };
  const value = read(VALUE, "Pixel Padding Value");
  const limit = dataset.hasValue(RANGE_LIMIT) ? read(RANGE_LIMIT, "Pixel Padding Range Limit") : value;
  return { low: Math.min(value, limit), high: Math.max(value, limit) };
}

/** By the stored bits, or by all: padding is at times a value that the stored ones cannot hold. */
export function isPadding({ low, high }: Padding, stored: number, cell: number): boolean {
  return (low <= stored && stored <= high) || (low <= cell && cell <= high);
}
