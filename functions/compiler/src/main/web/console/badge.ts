import { element } from "shared/dom.ts";
import type { State } from "./api.ts";
import { texts } from "./texts.ts";

/** How far a version is, as a word in a frame. */
export function badge(state: State): HTMLElement {
  return element("span", { class: "badge", "data-state": state }, texts.states[state]);
}
