import { element } from "./dom.ts";
import { texts } from "./texts.ts";

const BINS = 64;
const SVG = "http://www.w3.org/2000/svg";

/** How often each of 64 ranges of values 0 to 255 occurs, as a picture. */
export function histogram(samples: Uint8ClampedArray, what: string): HTMLElement {
  const counts = new Array<number>(BINS).fill(0);
  for (const sample of samples) {
    counts[sample >> 2]++;
  }
  const highest = Math.max(...counts, 1);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${BINS} 20`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", texts.histogramOf(what));
  const path = document.createElementNS(SVG, "path");
  const bars = counts.map((count, i) => {
    const height = (20 * count) / highest;
    return `M${i + 0.1} 20v${-height}h0.8v${height}z`;
  });
  path.setAttribute("d", bars.join(""));
  svg.append(path);
  return element("figure", { class: "histogram" }, svg as unknown as Node);
}
