import type { Account, Gateway } from "../session/gateway.ts";
import { byId, element } from "shared/dom.ts";
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
      this.root.replaceChildren(signInLink());
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

/** Leads to the sign-in provider and leaves this page, and the image in it, where it is. */
export function signInLink(): HTMLElement {
  return element("a", { href: "sign-in", target: "_blank", rel: "noopener" }, texts.signIn);
}
