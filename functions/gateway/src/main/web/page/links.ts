import { byId, element } from "shared/dom.ts";
import { texts } from "./texts.ts";

/** Links to pages of others, as the gateway is set up. */
export class Links {
  private readonly root = byId("links", HTMLElement);

  constructor(private readonly base: string) {}

  /** Adds what there is; a gateway that does not say has none. */
  async show(): Promise<void> {
    const response = await fetch(`${this.base}api/links`);
    const links: { readonly owner?: string } = response.ok ? await response.json() : {};
    if (links.owner !== undefined) {
      this.root.append(" · ", element("a", { href: links.owner }, texts.ownersConsole));
    }
  }
}
