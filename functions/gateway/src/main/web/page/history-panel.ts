import type { Outcome } from "../session/protocol.ts";
import { byId, element } from "shared/dom.ts";
import { dateTime, seconds, share } from "shared/quantities.ts";
import { texts } from "./texts.ts";

const KEY = "maskwire.history";
const MOST = 50;

interface Entry {
  readonly when: string;
  readonly model: string;
  readonly label: string;
  readonly share: number;
  readonly millis: number;
}

/** Sessions of this browser: no image, no file name, and nothing that leaves it. */
export class HistoryPanel {
  private readonly body = byId("history-body", HTMLElement);

  constructor() {
    this.draw();
  }

  add({ model, millis, ranking }: Outcome): void {
    const { label, share: part } = ranking.classes[0];
    const entry = { when: new Date().toISOString(), model, label, share: part, millis };
    localStorage.setItem(KEY, JSON.stringify([entry, ...entries()].slice(0, MOST)));
    this.draw();
  }

  private draw(): void {
    const all = entries();
    if (all.length === 0) {
      this.body.replaceChildren(element("p", { class: "empty" }, texts.historyEmpty));
      return;
    }
    const head = texts.historyColumns.map((column) => element("th", { scope: "col" }, column));
    const rows = all.map((entry) =>
      element(
        "tr",
        {},
        element("td", {}, dateTime(entry.when)),
        element("td", {}, entry.model),
        element("td", {}, `${entry.label} (${share(entry.share)})`),
        element("td", {}, texts.elapsed(seconds(entry.millis))),
      ),
    );
    const table = element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...rows),
    );
    const clear = element("button", { type: "button", class: "plain" }, texts.historyClear);
    clear.addEventListener("click", () => {
      localStorage.removeItem(KEY);
      this.draw();
    });
    const scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.history }, table);
    this.body.replaceChildren(scroll, element("p", { class: "actions" }, clear));
  }
}

function entries(): Entry[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** How long this browser's sessions of a model took, undefined if there was none. */
export function medianMillis(model: string): number | undefined {
  const millis = entries()
    .filter((entry) => entry.model === model)
    .map((entry) => entry.millis)
    .sort((a, b) => a - b);
  return millis[Math.floor(millis.length / 2)];
}
