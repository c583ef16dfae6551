import { byId, element, message } from "shared/dom.ts";
import { signInLink } from "shared/sign-in-link.ts";
import { isPassing, type Problem } from "./api.ts";
import { texts } from "./texts.ts";

/** What went wrong and what to do. */
export class TroublePanel {
  private readonly root = byId("trouble", HTMLElement);
  private shown: Problem | undefined;

  show(problem: Problem): void {
    const { error, message: detail } = problem;
    // Said once, however often it is found again: who is on the link stays there.
    if (this.shown?.error === error && this.shown.message === detail) {
      return;
    }
    const made = message("bad", texts.troubleTitle, texts.troubles[error] ?? detail);
    made.dataset["trouble"] = error;
    if (error === "not-signed-in") {
      made.append(element("p", {}, signInLink(texts.signIn)));
    }
    this.root.replaceChildren(made);
    this.shown = problem;
  }

  /** For those who clicked further down. */
  scrollTo(): void {
    this.root.scrollIntoView({ block: "nearest" });
  }

  clear(): void {
    this.root.replaceChildren();
    this.shown = undefined;
  }

  /** The compiler answers: what an answer disproves is taken away, and nothing else. */
  clearPassing(): void {
    if (this.shown !== undefined && isPassing(this.shown)) {
      this.clear();
    }
  }
}
