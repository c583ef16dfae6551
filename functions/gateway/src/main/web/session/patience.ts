import { type Trouble, UserError } from "../user-error.ts";

const PATIENCE_MILLIS = 120_000;
const FIRST_PAUSE_MILLIS = 200;
const LONGEST_PAUSE_MILLIS = 2_000;

/** What time heals: an empty stock is refilled, a connection comes back. */
const PASSING: ReadonlySet<Trouble> = new Set(["connection", "stock-empty"]);

/** For how long there is another try. */
export interface Limits {
  /** Milliseconds since 1970, if that is more than two minutes from now. */
  readonly until?: number;
  readonly signal?: AbortSignal;
}

/**
 * Sends until there is an answer, for two minutes at least.
 *
 * @param waiting hears why it is not answered yet, and undefined when it is
 */
export async function patiently<T>(
  send: () => Promise<T>,
  waiting: (why: Trouble | undefined) => void,
  { until = 0, signal }: Limits = {},
): Promise<T> {
  const deadline = Math.max(until, Date.now() + PATIENCE_MILLIS);
  for (let pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
    try {
      const answer = await send();
      waiting(undefined);
      return answer;
    } catch (e) {
      const passing = e instanceof UserError && PASSING.has(e.trouble);
      if (!passing || signal?.aborted === true || Date.now() > deadline) {
        throw e;
      }
      waiting(e.trouble);
      await rest(pause);
    }
  }
}

/** Ends early when the browser is online again. */
function rest(millis: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    addEventListener("online", done);
  });
}
