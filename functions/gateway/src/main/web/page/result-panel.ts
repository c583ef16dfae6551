import type { Outcome, View } from "../session/protocol.ts";
import type { Ranked } from "../session/ranking.ts";
import { byId, element, facts } from "shared/dom.ts";
import { bytes, number, seconds, share } from "shared/quantities.ts";
import { texts } from "./texts.ts";
import { VolumeView } from "./volume.ts";

const FIRST = 5;

/** The ranked result, with what it cost. */
export class ResultPanel {
  private readonly root = byId("result", HTMLElement);
  private readonly body = byId("result-body", HTMLElement);

  hide(): void {
    this.root.hidden = true;
  }

  /** @param file name of the file, undefined if the page was reloaded in between */
  show(outcome: Outcome, view: View | undefined, file: string | undefined): void {
    const { classes, meaning } = outcome.ranking;
    const best = element("p", { class: "best", id: "best", tabindex: -1 }, classes[0].label);
    const parts: HTMLElement[] = [best, list(classes.slice(0, FIRST))];
    if (classes.length > FIRST) {
      const summary = element("summary", {}, texts.allClasses(classes.length));
      parts.push(element("details", { class: "all" }, summary, list(classes)));
    }
    parts.push(element("p", { class: "note" }, texts.meanings[meaning]));
    if (view?.kind === "volume") {
      parts.splice(1, 0, new VolumeView(view.shape, view.gray).root);
    }
    parts.push(costs(outcome), this.actions(outcome, file));
    this.body.replaceChildren(...parts);
    this.root.hidden = false;
    best.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  private actions(outcome: Outcome, file: string | undefined): HTMLElement {
    const download = element("button", { type: "button", class: "plain" }, texts.download);
    download.addEventListener("click", () => save(outcome, file));
    const print = element("button", { type: "button", class: "plain" }, texts.print);
    print.addEventListener("click", () => window.print());
    return element("p", { class: "actions" }, download, print);
  }
}

function list(classes: readonly Ranked[]): HTMLElement {
  return element(
    "ol",
    { class: "ranking" },
    ...classes.map(({ label, value, share: part }) => {
      const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("span"));
      (bar.firstElementChild as HTMLElement).style.width = `${100 * part}%`;
      const numbers = element("span", { class: "numbers" }, `${share(part)} · ${number(value)}`);
      return element("li", {}, element("span", { class: "label" }, label), numbers, bar);
    }),
  );
}

function costs(outcome: Outcome): HTMLElement {
  return facts([
    [texts.facts.time, texts.elapsed(seconds(outcome.millis))],
    [texts.facts.rounds, outcome.rounds === 0 ? "–" : String(outcome.rounds)],
    [texts.facts.sent, bytes(outcome.sentBytes)],
    [texts.facts.received, bytes(outcome.receivedBytes)],
    [texts.version, outcome.version],
    [texts.facts.session, outcome.session],
  ]);
}

/** Hands the result to the browser as a file; nothing is sent. */
function save(outcome: Outcome, file: string | undefined): void {
  const { ranking, ...rest } = outcome;
  const { meaning, classes } = ranking;
  const json = JSON.stringify({ file, ...rest, meaning, classes }, null, 2);
  const address = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  element("a", { href: address, download: `maskwire-${outcome.session}.json` }).click();
  URL.revokeObjectURL(address);
}
