import type { KeyPair } from "../seal/keys.ts";
import { type MaskSeeds, wipeSeeds } from "../wire/mask-seeds.ts";
import type { Session } from "./gateway.ts";

/**
 * A session on its way, so that a reload of the page goes on with it. It has what opens the result:
 * it stays in this browser, the private key cannot be exported, and it is erased when the session
 * ends or its account signs out. The image is not in it.
 */
export interface Pending {
  /** Whose it is, see `accountKey`. */
  readonly account: string;
  readonly model: string;
  readonly version: string;
  readonly session: Session;
  readonly key: KeyPair;
  readonly outputs: MaskSeeds;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly started: number;
}

const DATABASE = "maskwire";
const STORE = "pending";

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database failed"));
  });
}

async function run<T>(
  mode: IDBTransactionMode,
  action: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  try {
    return await settled(action(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

export async function keepPending(pending: Pending): Promise<void> {
  await run("readwrite", (store) => store.put(pending, pending.session.session));
}

/** Those of `account`; what others have left is erased. */
export async function pendingOf(account: string): Promise<Pending[]> {
  const all = await run<Pending[]>("readonly", (store) => store.getAll());
  for (const pending of all.filter((each) => each.account !== account)) {
    await erasePending(pending);
  }
  return all.filter((each) => each.account === account);
}

/** Erases everybody's. */
export async function eraseAllPending(): Promise<void> {
  await run("readwrite", (store) => store.clear());
}

/** Erases it here and in the database. */
export async function erasePending(pending: Pending): Promise<void> {
  wipeSeeds(pending.outputs);
  await run("readwrite", (store) => store.delete(pending.session.session));
}

/** Runs `action` unless another tab has this session at work; tells whether it did. */
export async function claim(pending: Pending, action: () => Promise<void>): Promise<boolean> {
  const options = { ifAvailable: true };
  return await navigator.locks.request(pending.session.session, options, async (lock) => {
    if (lock !== null) {
      await action();
    }
    return lock !== null;
  });
}
