import { byId } from "shared/dom.ts";
import { FilePicker } from "shared/file-picker.ts";
import { bytes } from "shared/quantities.ts";
import { texts } from "./texts.ts";

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The form of a new version. */
export class UploadPanel {
  private readonly name = byId("name", HTMLInputElement);
  private readonly note = byId("chosen", HTMLElement);
  private readonly button = byId("upload", HTMLButtonElement);
  private readonly extras = ["labels", "preprocess", "calibration", "sample"].map((id) => byId(id, HTMLInputElement));
  private readonly description = byId("description", HTMLTextAreaElement);
  private readonly picker = new FilePicker((file) => this.choose(file));
  private model: File | undefined;
  private working = false;

  /** @param send takes a name and a form that are good */
  constructor(send: (name: string, form: FormData) => void) {
    this.name.addEventListener("input", () => this.update());
    this.button.addEventListener("click", () => send(this.name.value, this.form()));
  }

  private choose(file: File): void {
    this.model = file;
    this.note.textContent = texts.chosen(file.name, bytes(file.size));
    if (this.name.value === "") {
      this.name.value = file.name
        .replace(/\.onnx$/i, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
    }
    this.update();
  }

  private update(): void {
    const named = NAME.test(this.name.value);
    this.name.setAttribute("aria-invalid", String(this.name.value !== "" && !named));
    this.button.disabled = this.working || !named || this.model === undefined;
  }

  private form(): FormData {
    const form = new FormData();
    form.append("model", this.model!);
    for (const input of this.extras) {
      for (const file of input.files ?? []) {
        form.append(input.id, file);
      }
    }
    form.append("description", this.description.value);
    return form;
  }

  busy(busy: boolean): void {
    this.working = busy;
    this.picker.enable(!busy);
    this.update();
  }

  /** Ready for another model. */
  clear(): void {
    this.model = undefined;
    this.name.value = "";
    this.note.textContent = texts.chosenNone;
    for (const input of this.extras) {
      input.value = "";
    }
    this.description.value = "";
    this.update();
  }
}
