import { damaged } from "../user-error.ts";

const DATABASE = "maskwire-used";
const STORE = "sessions";
const WHEN = "when";

/** Far longer than a dealer keeps keys that nobody uses, which is a day if nobody sets it. */
const KEPT_MILLIS = 30 * 24 * 3_600_000;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore(STORE, { keyPath: "session" }).createIndex(WHEN, WHEN);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error("the browser's database failed"));
  });
}

/** Adds a session in all tabs' sight, on disk when this is done; fails if it is there. */
function add(database: IDBDatabase, session: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(STORE);
    const when = Date.now();
    store.add({ session, when });
    const old = store.index(WHEN).openKeyCursor(IDBKeyRange.upperBound(when - KEPT_MILLIS));
    old.onsuccess = () => {
      if (old.result !== null) {
        store.delete(old.result.primaryKey);
        old.result.continue();
      }
    };
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the browser's database failed"));
  });
}

/**
 * Remembers that an input is masked for a session. One that was used in this browser before is
 * refused: a second input under the same mask would give away the difference of both.
 */
export async function useSession(session: string): Promise<void> {
  const database = await open();
  try {
    await add(database, session);
  } catch (e) {
    if (e instanceof DOMException && e.name === "ConstraintError") {
      throw damaged(`session ${session} was used in this browser before`);
    }
    throw e;
  } finally {
    database.close();
  }
}
