import type { Gateway, ModelEntry } from "../session/gateway.ts";
import { type Drawn, drawArchitecture } from "./architecture.ts";
import { byId, element, facts } from "shared/dom.ts";
import { bytes, dateTime, seconds } from "shared/quantities.ts";
import { texts } from "./texts.ts";

/** What `manifest.json` says of a version; fields that a version lacks are not shown. */
interface Manifest extends Drawn {
  readonly cost?: {
    readonly commonKeyBytes: number;
    readonly party0KeyBytes: number;
    readonly party1KeyBytes: number;
    readonly messageBytes: number;
  };
}

/** The catalogue: the newest version of each model, one of them chosen. */
export class ModelPanel {
  private readonly root = byId("models", HTMLElement);
  chosen: ModelEntry | undefined;

  /**
   * @param changed hears that another model is chosen
   * @param ownMillis how long a model has taken in this browser, if it is known
   */
  constructor(
    private readonly gateway: Gateway,
    private readonly changed: (model: ModelEntry) => void,
    private readonly ownMillis: (model: string) => number | undefined,
  ) {}

  async load(): Promise<void> {
    const newest = new Map<string, ModelEntry>();
    for (const entry of await this.gateway.models()) {
      if (!newest.has(entry.model)) {
        newest.set(entry.model, entry);
      }
    }
    const models = [...newest.values()];
    if (models.length === 0) {
      this.root.replaceChildren(element("p", { class: "empty" }, texts.modelNone));
      return;
    }
    this.choose(models[0]);
    const legend = element("legend", { class: "hidden" }, texts.model);
    const cards = models.map((entry, i) => this.card(entry, i === 0));
    this.root.replaceChildren(element("fieldset", {}, legend, ...cards));
  }

  private choose(entry: ModelEntry): void {
    this.chosen = entry;
    this.changed(entry);
  }

  private card(entry: ModelEntry, checked: boolean): HTMLElement {
    const input = element("input", { type: "radio", name: "model", checked, value: entry.model });
    input.addEventListener("change", () => this.choose(entry));
    const classes = entry.labels?.length ?? 0;
    const time = entry.typicalMillis;
    const summary = [
      classes > 0 ? texts.classes(classes) : "",
      texts.roundCount(entry.rounds),
      time === undefined ? "" : texts.expectedAbout(seconds(time)),
    ];
    const note = element("span", { class: "note" }, summary.filter((part) => part).join(" · "));
    const label = element("label", { class: "model" }, input, element("span", {}, entry.model), note);
    const details = element("details", {}, element("summary", {}, texts.modelDetails));
    details.addEventListener("toggle", () => void this.describe(entry, details), { once: true });
    const card = element("div", { class: "model-card" }, label);
    if (entry.description !== undefined) {
      card.append(element("p", { class: "note description" }, entry.description));
    }
    card.append(details);
    return card;
  }

  private async describe(entry: ModelEntry, details: HTMLElement): Promise<void> {
    const file = await this.gateway.file(entry.model, entry.version, "manifest.json");
    const manifest: Manifest = JSON.parse(new TextDecoder().decode(file));
    const rows: [string, string][] = [
      [texts.input, manifest.inputs.map(({ shape }) => shape.join(" × ")).join("; ")],
      [texts.expected, this.expectedTime(entry)],
      [texts.rounds, String(entry.rounds)],
    ];
    if (manifest.cost !== undefined) {
      const { commonKeyBytes, party0KeyBytes, party1KeyBytes, messageBytes } = manifest.cost;
      rows.push([texts.keys, bytes(commonKeyBytes + party0KeyBytes + party1KeyBytes)]);
      rows.push([texts.messages, bytes(messageBytes)]);
    }
    rows.push([texts.published, dateTime(entry.published)], [texts.version, entry.version]);
    details.append(facts(rows));
    if (manifest.architecture !== undefined) {
      details.append(
        element("h3", {}, texts.architecture),
        element("p", { class: "note" }, texts.architectureNote),
        drawArchitecture(entry.model, manifest),
      );
    }
    if (entry.labels !== undefined && entry.labels.length > 0) {
      const names = entry.labels.map((name) => element("li", {}, name));
      const summary = element("summary", {}, texts.classNames);
      details.append(element("details", { class: "names" }, summary, element("ol", {}, ...names)));
    }
  }

  /** What the gateway has measured, else what this browser has. */
  private expectedTime({ model, typicalMillis }: ModelEntry): string {
    if (typicalMillis !== undefined) {
      return texts.expectedGateway(seconds(typicalMillis));
    }
    const own = this.ownMillis(model);
    return own === undefined ? texts.expectedUnknown : texts.expectedHistory(seconds(own));
  }
}
