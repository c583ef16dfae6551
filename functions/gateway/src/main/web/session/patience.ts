import { type Trouble, UserError } from "../user-error.ts";

const PATIENCE_MILLIS = 120_000;
const FIRST_PAUSE_MILLIS = 200;
const LONGEST_PAUSE_MILLIS = 2_000;

/** What time heals: an empty stock is refilled, a connection comes back. */
const PASSING: ReadonlySet<Trouble> = new Set(["connection", "stock-empty"]);

/**
 * Sends until there is an answer, for two minutes at most.
 *
 * @param waiting hears why it is not answered yet, and undefined when it is
 */
export async function patiently<T>(
  send: () => Promise<T>,
  waiting: (why: Trouble | undefined) => void,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MILLIS;
  for (let pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
    try {
      const answer = await send();
      waiting(undefined);
      return answer;
    } catch (e) {
      if (!(e instanceof UserError) || !PASSING.has(e.trouble) || performance.now() > deadline) {
        throw e;
      }
      waiting(e.trouble);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
