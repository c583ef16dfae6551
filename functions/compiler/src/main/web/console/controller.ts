import { type Api, type Entry, isPassing, problemOf } from "./api.ts";
import { ReportPanel } from "./report-panel.ts";
import { RetireDialog } from "./retire-dialog.ts";
import { SessionsPanel } from "./sessions-panel.ts";
import { texts } from "./texts.ts";
import { TroublePanel } from "./trouble-panel.ts";
import { UploadPanel } from "./upload-panel.ts";
import { VersionsPanel } from "./versions-panel.ts";

const LOOK_MILLIS = 10_000;
const POLL_MILLIS = 1_000;

/** From clicks to the compiler, and from its answers to what is shown. */
export class Controller {
  private readonly trouble = new TroublePanel();
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
    await this.lookAgain();
    setInterval(() => void this.lookAgain(), LOOK_MILLIS);
    // At once for those who come back from where they signed in.
    document.addEventListener("visibilitychange", () => void this.lookAgain());
  }

  /** Leaves what was refused for the owner to read. */
  private async lookAgain(): Promise<void> {
    if (document.hidden) {
      return;
    }
    try {
      await this.look();
      this.trouble.clearPassing();
    } catch (e) {
      this.trouble.show(problemOf(e));
    }
  }

  /** Shows what can be had, whatever else fails. */
  private async look(): Promise<void> {
    const looks = await Promise.allSettled([this.lookAtVersions(), this.lookAtSessions()]);
    for (const look of looks) {
      if (look.status === "rejected") {
        throw look.reason;
      }
    }
  }

  private async lookAtVersions(): Promise<void> {
    // Without the dealer, all else is shown.
    const stock = this.api.stock().catch(() => []);
    const [entries, levels] = await Promise.all([this.api.models(), stock]);
    this.versions.show({ entries, levels });
  }

  private async lookAtSessions(): Promise<void> {
    this.sessions.show(await this.api.sessions());
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
      entry = (await this.stateOf(upload)) ?? entry;
    }
    return entry;
  }

  /** Undefined while it cannot be asked for: the compiler works on. */
  private async stateOf(upload: Entry): Promise<Entry | undefined> {
    try {
      const entry = await this.api.model(upload);
      this.trouble.clearPassing();
      return entry;
    } catch (e) {
      const problem = problemOf(e);
      if (!isPassing(problem)) {
        throw e;
      }
      this.trouble.show(problem);
      return undefined;
    }
  }

  /** Something that the owner has asked for. */
  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.trouble.clear();
    } catch (e) {
      this.trouble.show(problemOf(e));
      this.trouble.scrollTo();
      this.report.say("");
    }
  }
}
