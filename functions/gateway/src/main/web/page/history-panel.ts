import type { Outcome } from "../session/protocol.ts";
import { byId, element } from "shared/dom.ts";
import { dateTime, seconds, share } from "shared/quantities.ts";
import { texts } from "./texts.ts";

/** Where it is kept. */
export const HISTORY = "maskwire.history";
const MOST = 50;

interface Entry {
  readonly when: string;
  readonly model: string;
  readonly label: string;
  readonly share: number;
  readonly millis: number;
}

/** What is kept: an account's entries, the newest first. */
interface Kept {
  readonly account: string;
  readonly entries: readonly Entry[];
}

/** An account's sessions in this browser: no image, no file name, and nothing that leaves it. */
export class HistoryPanel {
  private readonly body = byId("history-body", HTMLElement);
  private account: string | undefined;

  constructor() {
    window.addEventListener("storage", ({ key }) => {
      if (key === HISTORY || key === null) {
        this.draw();
      }
    });
  }

  /** Shows the sessions of `account`; before, nobody's are shown. */
  open(account: string): void {
    this.account = account;
    this.draw();
  }

  add({ model, millis, ranking }: Outcome): void {
    const { label, share: part } = ranking.classes[0];
    const entry = { when: new Date().toISOString(), model, label, share: part, millis };
    if (this.account !== undefined) {
      const entries = [entry, ...this.entries()].slice(0, MOST);
      const kept: Kept = { account: this.account, entries };
      localStorage.setItem(HISTORY, JSON.stringify(kept));
      this.draw();
    }
  }

  /** How long the account's sessions of a model took, undefined if there was none. */
  medianMillis(model: string): number | undefined {
    const millis = this.entries()
      .filter((entry) => entry.model === model)
      .map((entry) => entry.millis)
      .sort((a, b) => a - b);
    return millis[Math.floor(millis.length / 2)];
  }

  private entries(): readonly Entry[] {
    try {
      const kept: Partial<Kept> | null = JSON.parse(localStorage.getItem(HISTORY) ?? "null");
      const own = kept !== null && kept.account === this.account;
      return own && Array.isArray(kept.entries) ? kept.entries : [];
    } catch {
      return [];
    }
  }

  /** Shows what is kept now. */
  draw(): void {
    const all = this.entries();
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
      localStorage.removeItem(HISTORY);
      this.draw();
    });
    const scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.history }, table);
    this.body.replaceChildren(scroll, element("p", { class: "actions" }, clear));
  }
}
