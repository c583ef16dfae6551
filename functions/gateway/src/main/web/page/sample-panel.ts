import type { ModelEntry, Sample } from "../session/gateway.ts";
import { byId, element } from "shared/dom.ts";
import { bytes } from "shared/quantities.ts";
import { texts } from "./texts.ts";

/** The samples that come with the chosen model, a button each. */
export class SamplePanel {
  private readonly root = byId("samples", HTMLElement);

  /** @param chosen hears which sample is to be tried */
  constructor(private readonly chosen: (sample: Sample) => void) {}

  show({ samples = [] }: ModelEntry): void {
    this.root.hidden = samples.length === 0;
    const buttons = samples.map((sample) => {
      const name = element("span", {}, titleOf(sample.file));
      const note = element("span", { class: "note" }, bytes(sample.bytes));
      const button = element("button", { type: "button", class: "sample" }, name, note);
      button.addEventListener("click", () => this.chosen(sample));
      return element("li", {}, button);
    });
    this.root.replaceChildren(
      element("h3", { id: "samples-title" }, texts.samples),
      element("ul", { "aria-labelledby": "samples-title" }, ...buttons),
    );
  }

  enable(enabled: boolean): void {
    for (const button of this.root.querySelectorAll("button")) {
      button.disabled = !enabled;
    }
  }
}

/** A file name as words: without ending, and without hyphens. */
function titleOf(file: string): string {
  const words = file.replace(/(\.nii)?\.\w+$/, "").replace(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
