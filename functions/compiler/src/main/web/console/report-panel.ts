import { byId, element, facts, message, table } from "shared/dom.ts";
import { bytes, share } from "shared/quantities.ts";
import type { Entry, Problem, PublishedNumbers, Report, ReportNode } from "./api.ts";
import { badge } from "./badge.ts";
import { texts } from "./texts.ts";

/** What a version costs and how sure its widths are, or why it is none. */
export class ReportPanel {
  private readonly title = byId("report-title", HTMLElement);
  private readonly progress = byId("progress", HTMLElement);
  private readonly body = byId("report", HTMLElement);

  clear(): void {
    this.body.replaceChildren();
    this.say("");
  }

  say(text: string): void {
    this.progress.textContent = text;
  }

  uploading(part: number): void {
    this.say(texts.uploading(share(part)));
  }

  /** For those who came here by a button further down. */
  focus(): void {
    this.title.focus();
    this.title.scrollIntoView({ block: "nearest" });
  }

  show(entry: Entry, { report, problem }: Report): void {
    this.say("");
    const lead = element(
      "p",
      { class: "lead" },
      badge(entry.state),
      element("span", {}, texts.reportOf(entry.model, entry.version.slice(0, 8))),
    );
    this.body.replaceChildren(lead);
    if (problem !== undefined) {
      this.body.append(...failure(problem));
    }
    if (report !== undefined) {
      this.body.append(costs(entry, report), ...warning(report.nodes), ...operators(report.nodes));
      this.body.append(...published(report.published ?? []));
    }
  }
}

function costs({ cost }: Entry, { inputs, outputs }: NonNullable<Report["report"]>): HTMLElement {
  const shapes = (tensors: typeof inputs): string => tensors.map(({ shape }) => shape.join(" × ")).join("; ");
  const rows: [string, string][] = [
    [texts.facts.input, shapes(inputs)],
    [texts.facts.output, shapes(outputs)],
  ];
  if (cost !== undefined) {
    rows.push(
      [texts.facts.rounds, String(cost.rounds)],
      [texts.facts.keys, bytes(cost.keyBytes)],
      [texts.facts.messages, bytes(cost.messageBytes)],
      [texts.facts.weights, bytes(cost.weightBytes)],
      [texts.facts.widths, texts.certainty[cost.widths] ?? cost.widths],
    );
  }
  return facts(rows);
}

function warning(nodes: readonly ReportNode[]): HTMLElement[] {
  const assumed = nodes.filter(({ certainty, valueBits }) => valueBits > 0 && certainty === "ASSUMED").length;
  return assumed === 0 ? [] : [message("wait", texts.assumedTitle, texts.assumed(assumed))];
}

function operators(nodes: readonly ReportNode[]): HTMLElement[] {
  const bits = (count: number): string => (count === 0 ? "–" : String(count));
  const rows = nodes.map((node) => [
    element("code", {}, node.node),
    node.operator,
    node.shape,
    bits(node.weightScale),
    bits(node.valueBits),
    bits(node.shift),
    bits(node.productBits),
    bits(node.wireBits),
    headroom(node),
  ]);
  const made = table(texts.nodes, texts.nodeColumns, rows);
  made.classList.add("numbers-from-4");
  return [element("h3", {}, texts.nodes), made, element("p", { class: "note" }, texts.nodeNote)];
}

function published(numbers: readonly PublishedNumbers[]): HTMLElement[] {
  if (numbers.length === 0) {
    return [];
  }
  const rows = numbers.map(({ node, operator, what, values }) => [
    element("code", {}, node),
    operator,
    what,
    values.map((value) => String(Number(value.toPrecision(8)))).join(", "),
  ]);
  return [
    element("h3", {}, texts.publicNumbers),
    table(texts.publicNumbers, texts.publicNumberColumns, rows),
    element("p", { class: "note" }, texts.publicNumberNote),
  ];
}

function headroom({ valueBits, certainty, spareBits }: ReportNode): string {
  if (valueBits === 0) {
    return texts.exact;
  }
  return certainty === "CALIBRATED" && spareBits !== undefined
    ? texts.spare(spareBits)
    : (texts.certainty[certainty] ?? certainty);
}

function failure({ error, message: text, nodes }: Problem): HTMLElement[] {
  const shown = message("bad", texts.failed, texts.troubles[error] ?? text);
  shown.dataset["trouble"] = error;
  if (nodes === undefined) {
    return [shown];
  }
  const rows = nodes.map(({ name, operator, shapes, hint }) => [
    element("code", {}, name),
    operator,
    shapes.join(", "),
    hint,
  ]);
  const made = table(texts.unsupported, texts.unsupportedColumns, rows);
  made.classList.add("hints");
  return [shown, element("h3", {}, texts.unsupported), made];
}
