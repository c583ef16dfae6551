import type { Doubt } from "../input/samples.ts";
import type { Outcome } from "../session/protocol.ts";
import { byId, element, facts } from "shared/dom.ts";
import { exactTime, seconds } from "shared/quantities.ts";
import { texts } from "./texts.ts";

/** What a printed page has besides the result: what was analysed, and what was kept private. */
export function writeReport(
  outcome: Outcome,
  file: string | undefined,
  doubts: readonly Doubt[],
): void {
  const { report } = texts;
  const rows: [string, string][] = [
    [report.date, exactTime(outcome.finished)],
    [report.file, file ?? report.fileUnknown],
    [texts.model, outcome.model],
    [texts.version, outcome.version],
    [texts.facts.session, outcome.session],
    [texts.facts.time, texts.elapsed(seconds(outcome.millis))],
  ];
  byId("report", HTMLElement).replaceChildren(
    element("h2", {}, report.title),
    facts(rows),
    ...doubts.map(({ doubt, details }) => element("p", {}, texts.doubts[doubt](details))),
  );
  byId("report-privacy", HTMLElement).replaceChildren(
    element("h2", {}, report.privacyTitle),
    element("ul", {}, ...report.privacy.map((sentence) => element("li", {}, sentence))),
    element("p", {}, texts.warning),
  );
}
