import { byId, element } from "shared/dom.ts";
import { seconds } from "shared/quantities.ts";
import { texts } from "./texts.ts";

type State = keyof typeof texts.stepStates;

/** The four steps, what each is at, and who sees what. */
export class StepsPanel {
  private readonly items: HTMLElement[] = [];
  private readonly details: HTMLElement[] = [];
  private readonly states: HTMLElement[] = [];
  private readonly progress = element("progress", { "aria-label": texts.roundProgress, max: 1, value: 0 });
  private readonly status = byId("status", HTMLElement);
  private readonly clock = byId("clock", HTMLElement);
  private started = 0;
  private timer = 0;
  private announced = "";

  constructor() {
    const list = byId("steps", HTMLOListElement);
    texts.stepNames.forEach((name, i) => {
      const state = element("span", { class: "state" }, texts.stepStates.todo);
      const detail = element("span", { class: "detail" });
      const head = element("p", { class: "step-head" }, element("strong", {}, name), state, detail);
      const note = element("p", { class: "note" }, texts.stepNotes[i]);
      const item = element("li", { "data-state": "todo" }, head, note);
      this.items.push(item);
      this.details.push(detail);
      this.states.push(state);
      list.append(item);
    });
    this.progress.hidden = true;
    this.items[3].append(this.progress);
  }

  /** Steps before `step` are done, those after it are to come. */
  reach(step: number, state: State, detail = ""): void {
    this.items.forEach((item, i) => {
      const own: State = i < step ? "done" : i === step ? state : "todo";
      item.dataset["state"] = own;
      this.states[i].textContent = texts.stepStates[own];
      if (own === "active") {
        item.setAttribute("aria-current", "step");
      } else {
        item.removeAttribute("aria-current");
      }
      if (i > step) {
        this.details[i].textContent = "";
      }
    });
    this.describe(step, detail);
    this.progress.hidden = !(step === 3 && state === "active");
    this.announce(`${texts.stepNames[step]}: ${texts.stepStates[state]}`);
  }

  describe(step: number, detail: string): void {
    this.details[step].textContent = detail;
  }

  round(round: number, rounds: number): void {
    this.progress.max = rounds;
    this.progress.value = round;
    this.describe(3, texts.roundOf(round, rounds));
  }

  /** Marks the step that is under way as failed. */
  fail(): void {
    const active = this.items.findIndex((item) => item.dataset["state"] === "active");
    if (active >= 0) {
      this.reach(active, "failed");
    }
  }

  startClock(): void {
    this.stopClock();
    this.started = performance.now();
    this.timer = window.setInterval(() => this.tick(), 100);
    this.tick();
  }

  stopClock(): void {
    window.clearInterval(this.timer);
  }

  clearClock(): void {
    this.stopClock();
    this.clock.textContent = "";
  }

  showTime(millis: number): void {
    this.clock.textContent = texts.elapsed(seconds(millis));
  }

  private tick(): void {
    this.showTime(performance.now() - this.started);
  }

  /** For screen readers: once for each change. */
  announce(text: string): void {
    if (text !== this.announced) {
      this.announced = text;
      this.status.textContent = text;
    }
  }
}
