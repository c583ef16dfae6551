import { byId, element, table, whenChanged } from "shared/dom.ts";
import { bytes, dateTime } from "shared/quantities.ts";
import type { Entry, Level } from "./api.ts";
import { badge } from "./badge.ts";
import { texts } from "./texts.ts";

/** What can be asked of a version. */
interface Actions {
  show(entry: Entry): void;
  retire(entry: Entry): void;
}

/** All versions of all models, with the stock of those that are offered. */
export class VersionsPanel {
  private readonly body = byId("versions", HTMLElement);
  readonly show = whenChanged<{ entries: readonly Entry[]; levels: readonly Level[] }>((all) => this.draw(all));

  constructor(private readonly actions: Actions) {}

  private draw({ entries, levels }: { entries: readonly Entry[]; levels: readonly Level[] }): void {
    if (entries.length === 0) {
      this.body.replaceChildren(element("p", { class: "empty" }, texts.versionsNone));
      return;
    }
    const rows = entries.map((entry) => [
      entry.model,
      element("code", { title: entry.version }, entry.version.slice(0, 8)),
      badge(entry.state),
      dateTime(entry.time),
      entry.cost === undefined ? "" : String(entry.cost.rounds),
      entry.cost === undefined ? "" : bytes(entry.cost.keyBytes),
      entry.shown === undefined ? "" : texts.usersSee(entry.shown.description, entry.shown.samples),
      stock(entry, levels),
      this.buttons(entry),
    ]);
    this.body.replaceChildren(table(texts.versions, texts.versionColumns, rows));
  }

  private buttons(entry: Entry): HTMLElement {
    const buttons = element("span", { class: "actions" });
    if (entry.state !== "compiling") {
      buttons.append(button("plain", texts.show, texts.showLong(entry.model, entry.version.slice(0, 8)), () => this.actions.show(entry)));
    }
    if (entry.state === "published") {
      buttons.append(
        button("plain bad-action", texts.retire, texts.retireLong(entry.model, entry.version.slice(0, 8)), () =>
          this.actions.retire(entry),
        ),
      );
    }
    return buttons;
  }
}

function button(kind: string, text: string, label: string, clicked: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: kind, "aria-label": label }, text);
  made.addEventListener("click", clicked);
  return made;
}

function stock({ model, version }: Entry, levels: readonly Level[]): string {
  const level = levels.find((one) => one.model === model && one.version === version);
  return level === undefined ? "" : texts.ready(level.ready, level.configured);
}
