import type { Trouble } from "../user-error.ts";
import { byId, element } from "shared/dom.ts";
import { signInLink } from "shared/sign-in-link.ts";
import { texts } from "./texts.ts";

/** What went wrong and what to do. */
export class TroublePanel {
  private readonly root = byId("trouble", HTMLElement);

  clear(): void {
    this.root.replaceChildren();
  }

  /** Takes a note away, but nothing that went wrong. */
  clearNote(): void {
    if (this.root.querySelector("[data-trouble]") === null) {
      this.clear();
    }
  }

  show(trouble: Trouble, details: Readonly<Record<string, string>>): void {
    const heading = element("strong", {}, texts.troubleTitle);
    const text = element("p", { "data-trouble": trouble }, texts.troubles[trouble](details));
    const links = trouble === "signed-out" ? [element("p", {}, signInLink(texts.signIn))] : [];
    this.replace("bad", heading, text, ...links);
    this.root.scrollIntoView({ block: "nearest" });
  }

  /** Something that passes by itself. */
  note(text: string): void {
    this.replace("wait", element("p", {}, text));
  }

  private replace(kind: string, ...children: HTMLElement[]): void {
    this.root.replaceChildren(element("div", { class: `message ${kind}` }, ...children));
  }
}
