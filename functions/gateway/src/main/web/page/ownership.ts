import { eraseAllPending } from "../session/pending.ts";
import { HISTORY } from "./history-panel.ts";

const OWNER = "maskwire.account";

/**
 * Whose history and sessions on their way this browser keeps: one account's at a time. They go when
 * it signs out, when its sign-in has ended, and before another account sees the page.
 */
export class Ownership {
  private owner: string | undefined;

  /** Makes this the page of `owner`; what anybody else has left is erased before. */
  async take(owner: string): Promise<void> {
    if (localStorage.getItem(OWNER) !== owner) {
      await this.erase();
      localStorage.setItem(OWNER, owner);
    }
    this.owner = owner;
    window.addEventListener("storage", ({ key }) => {
      if (key === OWNER || key === null) {
        this.look();
      }
    });
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) {
        this.look();
      }
    });
  }

  /** A page that stayed open is nobody's when its account has signed out, or another came. */
  private look(): void {
    if (localStorage.getItem(OWNER) !== this.owner) {
      location.reload();
    }
  }

  /** Erases what is kept. */
  async erase(): Promise<void> {
    localStorage.removeItem(HISTORY);
    await eraseAllPending();
  }

  /** Erases what is kept and leaves it to nobody; other tabs notice. */
  async leave(): Promise<void> {
    localStorage.removeItem(OWNER);
    await this.erase();
  }
}
