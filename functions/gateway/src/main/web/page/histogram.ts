import { element, svg } from "shared/dom.ts";
import { texts } from "./texts.ts";

const BINS = 64;

/** How often each of 64 ranges of values 0 to 255 occurs, as a picture. */
export function histogram(samples: Uint8ClampedArray, what: string): HTMLElement {
  const counts = new Array<number>(BINS).fill(0);
  for (const sample of samples) {
    counts[sample >> 2]++;
  }
  const highest = Math.max(...counts, 1);
  const bars = counts.map((count, i) => {
    const height = (20 * count) / highest;
    return `M${i + 0.1} 20v${-height}h0.8v${height}z`;
  });
  const path = svg("path", { d: bars.join("") });
  const box = { viewBox: `0 0 ${BINS} 20`, preserveAspectRatio: "none", role: "img" };
  const picture = svg("svg", { ...box, "aria-label": texts.histogramOf(what) }, path);
  return element("figure", { class: "histogram" }, picture);
}
