import { byId, message } from "shared/dom.ts";
import { type Api, ApiError, type Entry } from "./api.ts";
import { ReportPanel } from "./report-panel.ts";
import { RetireDialog } from "./retire-dialog.ts";
import { SessionsPanel } from "./sessions-panel.ts";
import { texts } from "./texts.ts";
import { UploadPanel } from "./upload-panel.ts";
import { VersionsPanel } from "./versions-panel.ts";

const LOOK_MILLIS = 10_000;
const POLL_MILLIS = 1_000;

/** From clicks to the compiler, and from its answers to what is shown. */
export class Controller {
  private readonly trouble = byId("trouble", HTMLElement);
  private readonly report = new ReportPanel();
  private readonly sessions = new SessionsPanel();
  private readonly dialog = new RetireDialog();
  private readonly upload = new UploadPanel((model, form) => void this.publish(model, form));
  private readonly versions = new VersionsPanel({
    show: (entry) => void this.attempt(() => this.show(entry)),
    retire: (entry) => void this.attempt(() => this.retire(entry)),
  });

  constructor(private readonly api: Api) {}

  /** Shows what there is, and looks again from time to time while somebody sees it. */
  async start(): Promise<void> {
    await this.attempt(() => this.look());
    setInterval(() => {
      if (!document.hidden) {
        void this.attempt(() => this.look());
      }
    }, LOOK_MILLIS);
  }

  private async look(): Promise<void> {
    const days = this.api.sessions().then((counts) => this.sessions.show(counts));
    // Without the dealer, all else is shown.
    const stock = this.api.stock().catch(() => []);
    const [entries, levels] = await Promise.all([this.api.models(), stock]);
    this.versions.show({ entries, levels });
    await days;
  }

  private async show(entry: Entry): Promise<void> {
    this.report.show(await this.api.model(entry), await this.api.report(entry));
    this.report.focus();
  }

  private async retire(entry: Entry): Promise<void> {
    if (await this.dialog.confirm(entry)) {
      await this.api.retire(entry);
      this.report.say(texts.retired(entry.model, entry.version.slice(0, 8)));
      await this.look();
    }
  }

  private async publish(model: string, form: FormData): Promise<void> {
    this.upload.busy(true);
    this.report.clear();
    await this.attempt(async () => {
      const upload = await this.api.upload(model, form, (part) => this.report.uploading(part));
      const entry = await this.compiled(upload);
      await this.look();
      this.report.show(entry, await this.api.report(entry));
      this.report.say(entry.state === "published" ? texts.published : texts.failed);
      if (entry.state === "published") {
        this.upload.clear();
      }
    });
    this.upload.busy(false);
  }

  /** Asks until the compiler is done with it. */
  private async compiled(upload: Entry): Promise<Entry> {
    const start = Date.now();
    let entry = upload;
    while (entry.state === "compiling") {
      this.report.say(texts.compiling(Math.round((Date.now() - start) / 1000)));
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
      entry = await this.api.model(upload);
    }
    return entry;
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.trouble.replaceChildren();
    } catch (e) {
      const { error, message: detail } = e instanceof ApiError ? e.problem : { error: "", message: String(e) };
      const shown = message("bad", texts.troubleTitle, texts.troubles[error] ?? detail);
      shown.dataset["trouble"] = error;
      this.trouble.replaceChildren(shown);
      this.report.say("");
    }
  }
}
