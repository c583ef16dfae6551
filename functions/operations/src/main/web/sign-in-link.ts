import { element } from "./dom.ts";

/** Leads to the sign-in provider, and leaves this page and what is in it where it is. */
export function signInLink(text: string): HTMLElement {
  return element("a", { href: "sign-in", target: "_blank", rel: "noopener" }, text);
}
