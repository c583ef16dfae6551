import { byId, element, message, table, whenChanged } from "shared/dom.ts";
import { type State, texts } from "./texts.ts";

const LOOK_MILLIS = 5_000;

interface FunctionStatus {
  readonly name: string;
  readonly state: State;
  readonly millis: number;
  readonly failedChecks: readonly string[];
  readonly refusals: Readonly<Record<string, number>>;
}

interface Level {
  readonly model: string;
  readonly version: string;
  readonly ready: number;
  readonly configured: number;
}

/** How every function is, and what is in stock; asked again and again while somebody looks. */
export class OperationsView {
  private readonly trouble = byId("trouble", HTMLElement);
  private readonly summary = byId("summary", HTMLElement);
  private readonly functions = byId("functions", HTMLElement);
  private readonly stock = byId("stock", HTMLElement);
  private readonly showSummary = whenChanged<string>((text) => (this.summary.textContent = text));
  private readonly showStock = whenChanged<readonly Level[]>((levels) => this.drawStock(levels));

  /** @param base address of the interface, with a slash at its end */
  constructor(private readonly base: string) {}

  async start(): Promise<void> {
    await this.look();
    setInterval(() => {
      if (!document.hidden) {
        void this.look();
      }
    }, LOOK_MILLIS);
  }

  private async look(): Promise<void> {
    try {
      const [functions, stock] = await Promise.all([
        this.ask<readonly FunctionStatus[]>("functions"),
        this.ask<{ versions: readonly Level[] }>("stock"),
      ]);
      this.drawFunctions(functions);
      this.showStock(stock.versions);
      this.trouble.replaceChildren();
    } catch (e) {
      const text = e instanceof TypeError ? texts.connection : String(e instanceof Error ? e.message : e);
      this.trouble.replaceChildren(message("bad", texts.troubleTitle, text));
    }
  }

  private async ask<T>(path: string): Promise<T> {
    const response = await fetch(this.base + path, { cache: "no-store" });
    const body = await response.json();
    if (!response.ok) {
      throw new Error(body.message);
    }
    return body;
  }

  private drawFunctions(functions: readonly FunctionStatus[]): void {
    if (functions.length === 0) {
      this.functions.replaceChildren(element("p", { class: "empty" }, texts.functionsNone));
      return;
    }
    this.showSummary(texts.summary(functions.filter(({ state }) => state === "up").length, functions.length));
    const rows = functions.map(({ name, state, millis, failedChecks, refusals }) => [
      name,
      element("span", { class: "badge", "data-state": state }, texts.states[state]),
      state === "down" ? texts.noAnswer : texts.millis(millis),
      failedChecks.join(", ") || texts.none,
      texts.refusals(Object.entries(refusals)) || texts.none,
    ]);
    this.functions.replaceChildren(table(texts.functions, texts.functionColumns, rows));
  }

  private drawStock(levels: readonly Level[]): void {
    const rows = levels.map(({ model, version, ready, configured }) => [
      model,
      element("code", { title: version }, version.slice(0, 8)),
      String(ready),
      String(configured),
    ]);
    this.stock.replaceChildren(
      rows.length === 0
        ? element("p", { class: "empty" }, texts.stockNone)
        : table(texts.stock, texts.stockColumns, rows),
    );
  }
}
