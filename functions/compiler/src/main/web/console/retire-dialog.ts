import { byId } from "shared/dom.ts";
import type { Entry } from "./api.ts";
import { texts } from "./texts.ts";

/** Asks before something that cannot be undone. */
export class RetireDialog {
  private readonly dialog = byId("confirm", HTMLDialogElement);
  private readonly title = byId("confirm-title", HTMLElement);

  constructor() {
    byId("confirm-yes", HTMLButtonElement).addEventListener("click", () => this.dialog.close("yes"));
    byId("confirm-no", HTMLButtonElement).addEventListener("click", () => this.dialog.close("no"));
  }

  confirm({ model, version }: Entry): Promise<boolean> {
    this.title.textContent = texts.retireTitle(model, version.slice(0, 8));
    this.dialog.returnValue = "no";
    this.dialog.showModal();
    return new Promise((resolve) =>
      this.dialog.addEventListener("close", () => resolve(this.dialog.returnValue === "yes"), { once: true }),
    );
  }
}
