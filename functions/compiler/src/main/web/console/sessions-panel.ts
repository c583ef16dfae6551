import { byId, element, svg, table, whenChanged } from "shared/dom.ts";
import type { Day } from "./api.ts";
import { texts } from "./texts.ts";

const DAYS = 14;
const DAYS_IF_NARROW = 7;
const SLOT = 76;
const SLOT_IF_NARROW = 46;
const HEIGHT = 170;
const FOOT = 20;
const HEAD = 18;
const DAY_MILLIS = 86_400_000;

/** Sessions of the last days, as bars and as a table. */
export class SessionsPanel {
  private readonly body = byId("sessions", HTMLElement);
  readonly show = whenChanged<readonly Day[]>((days) => this.draw(days));

  private draw(days: readonly Day[]): void {
    if (days.length === 0) {
      this.body.replaceChildren(element("p", { class: "empty" }, texts.sessionsNone));
      return;
    }
    const rows = days.map(({ day, model, opened, completed, expired }) => [
      day,
      model,
      ...[opened, completed, expired].map(String),
    ]);
    const legend = [texts.completed, texts.other].map((word) => element("li", {}, word));
    this.body.replaceChildren(
      chart(days),
      element("ul", { class: "legend note" }, ...legend),
      element(
        "details",
        {},
        element("summary", {}, texts.sessionTable),
        table(texts.sessions, texts.sessionColumns, rows),
      ),
    );
  }
}

/** A bar for each day: completed sessions below, all others above. */
function chart(days: readonly Day[]): SVGElement {
  const narrow = matchMedia("(max-width: 820px)").matches;
  const count = narrow ? DAYS_IF_NARROW : DAYS;
  const slot = narrow ? SLOT_IF_NARROW : SLOT;
  const width = slot * count;
  const shown = lastDays(count).map((day) => {
    const same = days.filter((one) => one.day === day);
    const opened = same.reduce((sum, one) => sum + Math.max(one.opened, one.completed + one.expired), 0);
    return { day, opened, completed: same.reduce((sum, one) => sum + one.completed, 0) };
  });
  const total = shown.reduce((sum, { opened }) => sum + opened, 0);
  const most = Math.max(1, ...shown.map(({ opened }) => opened));
  const root = svg("svg", {
    class: "chart",
    role: "img",
    viewBox: `0 0 ${width} ${HEIGHT}`,
    "aria-label": texts.sessionsImage(total, count),
  });
  const ground = HEIGHT - FOOT;
  root.append(svg("line", { x1: 0, x2: width, y1: ground, y2: ground }));
  shown.forEach(({ day, opened, completed }, i) => {
    const middle = slot * (i + 0.5);
    const height = (sessions: number): number => ((ground - HEAD) * sessions) / most;
    const bar = (kind: string, from: number, sessions: number): SVGElement =>
      svg("rect", { class: kind, x: middle - 13, width: 26, y: ground - height(from + sessions), height: height(sessions) });
    const group = svg("g", {}, svg("title", {}, texts.bar(day, completed, opened)));
    group.append(bar("ended", 0, completed), bar("other", completed, opened - completed));
    group.append(svg("text", { x: middle, y: HEIGHT - 5 }, day.slice(8)));
    if (opened > 0) {
      group.append(svg("text", { x: middle, y: ground - height(opened) - 5 }, String(opened)));
    }
    root.append(group);
  });
  return root;
}

/** In UTC, as the counts are. */
function lastDays(count: number): string[] {
  const today = Date.now();
  return Array.from({ length: count }, (_, i) =>
    new Date(today - (count - 1 - i) * DAY_MILLIS).toISOString().slice(0, 10),
  );
}
