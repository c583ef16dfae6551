import type { Account } from "../session/gateway.ts";
import { byId, element } from "shared/dom.ts";
import { signInLink } from "shared/sign-in-link.ts";
import { texts } from "./texts.ts";

/** The button that opens links in another tab. */
const MIDDLE = 1;

/** Who is signed in, in the page's head. */
export class AccountPanel {
  private readonly root = byId("account", HTMLElement);

  /** @param leave erases what this browser keeps of the account, before it signs out */
  constructor(private readonly leave: () => Promise<void>) {}

  /** Shows whose page this is. */
  show({ name, signIn }: Account): void {
    if (signIn === "development") {
      this.root.replaceChildren(texts.development);
      return;
    }
    const out = element("a", { href: "sign-out" }, texts.signOut);
    // A database that fails must not keep anybody signed in; the next account erases it.
    const leave = (): Promise<void> => this.leave().catch(() => undefined);
    out.addEventListener("click", (event) => {
      event.preventDefault();
      void leave().then(() => location.assign(out.href));
    });
    out.addEventListener("auxclick", ({ button }) => {
      if (button === MIDDLE) {
        void leave();
      }
    });
    this.root.replaceChildren(texts.signedInAs(name), " · ", out);
  }

  /** It cannot be told whose page this is. */
  offerSignIn(): void {
    this.root.replaceChildren(signInLink(texts.signIn));
  }
}
