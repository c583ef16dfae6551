import { hasVoxels, isPair } from "../input/nifti-pair.ts";
import { type Account, accountKey, Gateway, type ModelEntry, type Sample } from "../session/gateway.ts";
import { patiently } from "../session/patience.ts";
import type { Answer, Outcome, Request, View } from "../session/protocol.ts";
import { type Trouble, UserError } from "../user-error.ts";
import { AccountPanel } from "./account-panel.ts";
import { byId } from "shared/dom.ts";
import { FilePicker } from "shared/file-picker.ts";
import { HistoryPanel } from "./history-panel.ts";
import { ImagePanel } from "./image-panel.ts";
import { ModelPanel } from "./model-panel.ts";
import { Ownership } from "./ownership.ts";
import { bytes } from "shared/quantities.ts";
import { writeReport } from "./report.ts";
import { ResultPanel } from "./result-panel.ts";
import { SamplePanel } from "./sample-panel.ts";
import { StepsPanel } from "./steps-panel.ts";
import { stepIndex, texts } from "./texts.ts";
import { TroublePanel } from "./trouble-panel.ts";

/** From clicks to the worker, and from its answers to what is shown. */
export class Controller {
  private readonly worker: Worker;
  private readonly run = byId("run", HTMLButtonElement);
  private readonly steps = new StepsPanel();
  private readonly trouble = new TroublePanel();
  private readonly image = new ImagePanel();
  private readonly result = new ResultPanel();
  private readonly history = new HistoryPanel();
  private readonly ownership = new Ownership();
  private readonly head = new AccountPanel(() => this.ownership.leave());
  private readonly picker = new FilePicker((file, others) => this.pick(file, others));
  private readonly samples = new SamplePanel((sample) => void this.fetch(sample));
  private readonly gateway: Gateway;
  private readonly models: ModelPanel;
  private file: File | undefined;
  private beside: File | undefined;
  private view: View | undefined;
  private inputBytes = 0;
  private working = false;
  private account: string | undefined;

  constructor(base: string) {
    this.worker = new Worker(new URL("app/worker.js", base), { type: "module" });
    this.gateway = new Gateway(base);
    this.models = new ModelPanel(
      this.gateway,
      (model) => this.expect(model),
      (model) => this.history.medianMillis(model),
    );
  }

  start(): void {
    this.worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.hear(data));
    this.run.addEventListener("click", () => this.infer());
    patiently(() => this.gateway.account(), this.waiting)
      .then((account) => this.open(account))
      .catch((e: unknown) => {
        this.head.offerSignIn();
        this.failed(e);
      });
    patiently(() => this.models.load(), this.waiting)
      .then(() => this.busy(this.working))
      .catch((e: unknown) => this.failed(e));
  }

  /** Whose page this is; what is kept of others is gone before anything kept is shown. */
  private async open(account: Account): Promise<void> {
    const key = accountKey(account);
    await this.ownership.take(key);
    this.account = key;
    this.head.show(account);
    this.history.open(key);
    this.ask({ ask: "resume", account: key });
    this.busy(this.working);
  }

  private ask(request: Request): void {
    this.worker.postMessage(request);
  }

  /** Another model is chosen. */
  private expect(entry: ModelEntry): void {
    const { model, version } = entry;
    this.samples.show(entry);
    this.ask({ ask: "expect", model, version });
    if (this.file !== undefined) {
      this.choose(this.file, this.beside);
    }
  }

  /** One file, or the two of a pair. */
  private pick(file: File, others: readonly File[]): void {
    const [beside, ...more] = others;
    if (beside !== undefined && (more.length > 0 || !isPair(file.name, beside.name))) {
      this.trouble.show("several-files", {});
    } else if (hasVoxels(file.name) && beside !== undefined) {
      this.choose(beside, file);
    } else {
      this.choose(file, beside);
    }
  }

  private async fetch(sample: Sample): Promise<void> {
    const model = this.models.chosen;
    if (model === undefined) {
      return;
    }
    this.samples.enable(false);
    try {
      const file = await patiently(() => this.gateway.sample(model, sample), this.waiting);
      if (model === this.models.chosen && !this.working) {
        this.choose(file);
      }
    } catch (e) {
      this.failed(e);
    } finally {
      this.samples.enable(!this.working);
    }
  }

  private choose(file: File, beside?: File): void {
    const model = this.models.chosen;
    if (model === undefined) {
      return;
    }
    performance.mark("file-chosen");
    this.file = file;
    this.beside = beside;
    this.view = undefined;
    this.run.disabled = true;
    this.trouble.clear();
    this.result.hide();
    this.image.clear();
    this.steps.clearClock();
    this.steps.reach(0, "active", texts.reading);
    this.ask({ ask: "prepare", model: model.model, version: model.version, file, beside });
  }

  private infer(): void {
    if (this.account === undefined) {
      return;
    }
    this.busy(true);
    this.trouble.clear();
    this.result.hide();
    this.steps.startClock();
    this.ask({ ask: "infer", account: this.account });
  }

  private busy(busy: boolean): void {
    this.working = busy;
    this.run.disabled = busy || this.view === undefined || this.account === undefined;
    this.picker.enable(!busy && this.models.chosen !== undefined);
    this.samples.enable(!busy);
    byId("models", HTMLElement).inert = busy;
  }

  private hear(answer: Answer): void {
    switch (answer.tell) {
      case "prepared":
        return this.prepared(answer.view, answer.inputBytes);
      case "resuming":
        this.busy(true);
        this.steps.startClock();
        return this.trouble.note(texts.resumed);
      case "step":
        return this.step(answer);
      case "masked":
        return this.image.showMasked(answer.view);
      case "round":
        return this.steps.round(answer.round, answer.rounds);
      case "waiting":
        return this.waiting(answer.why);
      case "done":
        return this.done(answer.outcome);
      case "failed":
        return this.failed(new UserError(answer.trouble, answer.details));
      case "nothing-to-resume":
    }
  }

  private prepared(view: View, inputBytes: number): void {
    const { name, size } = this.file!;
    this.view = view;
    this.inputBytes = inputBytes;
    this.steps.reach(0, "done", texts.chosen(name, bytes(size)));
    this.image.showImage(name, view);
    this.busy(false);
  }

  private step({ step, receivedBytes }: Answer & { tell: "step" }): void {
    const detail = {
      masks: "",
      encrypt: "",
      infer: this.inputBytes > 0 ? texts.uploading(bytes(this.inputBytes)) : "",
      unmask: texts.unmasking,
    }[step];
    this.steps.reach(stepIndex[step], "active", detail);
    if (step === "encrypt") {
      this.steps.describe(1, texts.received(bytes(receivedBytes)));
    } else if (step === "infer" && this.inputBytes > 0) {
      this.steps.describe(2, texts.masked(bytes(this.inputBytes)));
    }
  }

  private readonly waiting = (why: Trouble | undefined): void => {
    const text = why && texts.waiting[why];
    if (text === undefined) {
      this.trouble.clearNote();
    } else {
      this.trouble.note(text);
      this.steps.announce(text);
    }
  };

  private done(outcome: Outcome): void {
    this.steps.stopClock();
    this.steps.showTime(outcome.millis);
    this.steps.reach(3, "done", outcome.rounds > 0 ? texts.roundOf(outcome.rounds, outcome.rounds) : "");
    this.trouble.clear();
    this.busy(false);
    this.result.show(outcome, this.view, this.view && this.file?.name);
    writeReport(outcome, this.view && this.file?.name, this.view?.doubts ?? []);
    this.history.add(outcome);
    // Two frames: the first may be under way already.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("label-shown")));
  }

  private failed(e: unknown): void {
    this.steps.stopClock();
    this.steps.fail();
    this.busy(false);
    const error = e instanceof UserError ? e : new UserError("damaged", { problem: String(e) });
    if (error.trouble === "signed-out") {
      // What cannot be erased now is when the next account comes.
      void this.ownership
        .erase()
        .catch(() => undefined)
        .then(() => this.history.draw());
    }
    this.trouble.show(error.trouble, error.details);
  }
}
