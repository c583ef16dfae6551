import { byId } from "./dom.ts";

/** The field that takes a file, or several that belong together, chosen or dropped. */
export class FilePicker {
  private readonly input = byId("file", HTMLInputElement);
  private readonly zone = byId("drop", HTMLElement);

  /** @param chosen hears of each file, and of others that were chosen with it */
  constructor(chosen: (file: File, others: readonly File[]) => void) {
    const hear = (files: FileList | null | undefined): void => {
      const [file, ...others] = files ?? [];
      if (file !== undefined) {
        chosen(file, others);
      }
    };
    this.input.addEventListener("change", () => {
      hear(this.input.files);
      // Emptied, so that choosing the same file again is heard.
      this.input.value = "";
    });
    this.zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.zone.classList.add("over");
    });
    this.zone.addEventListener("dragleave", () => this.zone.classList.remove("over"));
    this.zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.zone.classList.remove("over");
      if (!this.input.disabled) {
        hear(event.dataTransfer?.files);
      }
    });
  }

  enable(enabled: boolean): void {
    this.input.disabled = !enabled;
  }
}
