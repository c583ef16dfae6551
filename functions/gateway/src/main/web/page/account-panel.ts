import type { Account, Gateway } from "../session/gateway.ts";
import { byId, element } from "shared/dom.ts";
import { signInLink } from "shared/sign-in-link.ts";
import { texts } from "./texts.ts";

/** Who is signed in, in the page's head. */
export class AccountPanel {
  private readonly root = byId("account", HTMLElement);

  constructor(private readonly gateway: Gateway) {}

  /** Shows whose page this is; if that cannot be told, how to sign in. */
  async load(): Promise<void> {
    try {
      this.show(await this.gateway.account());
    } catch {
      this.root.replaceChildren(signInLink(texts.signIn));
    }
  }

  private show({ name, signIn }: Account): void {
    if (signIn === "development") {
      this.root.replaceChildren(texts.development);
    } else {
      const out = element("a", { href: "sign-out" }, texts.signOut);
      this.root.replaceChildren(texts.signedInAs(name), " · ", out);
    }
  }
}
