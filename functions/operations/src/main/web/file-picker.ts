import { byId } from "./dom.ts";

/** The field that takes a file, chosen or dropped. */
export class FilePicker {
  private readonly input = byId("file", HTMLInputElement);
  private readonly zone = byId("drop", HTMLElement);

  /** @param chosen hears of each file */
  constructor(chosen: (file: File) => void) {
    this.input.addEventListener("change", () => {
      const file = this.input.files?.[0];
      // Emptied, so that choosing the same file again is heard.
      this.input.value = "";
      if (file !== undefined) {
        chosen(file);
      }
    });
    this.zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.zone.classList.add("over");
    });
    this.zone.addEventListener("dragleave", () => this.zone.classList.remove("over"));
    this.zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.zone.classList.remove("over");
      const file = event.dataTransfer?.files[0];
      if (file !== undefined && !this.input.disabled) {
        chosen(file);
      }
    });
  }

  enable(enabled: boolean): void {
    this.input.disabled = !enabled;
  }
}
