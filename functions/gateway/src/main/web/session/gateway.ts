import { damaged, type Trouble, UserError } from "../user-error.ts";
import { fromBase64, toHex } from "../wire/bytes.ts";
import { readEvents, type ServerEvent } from "./events.ts";

/** A published version of a model. */
export interface ModelEntry {
  readonly model: string;
  readonly version: string;
  readonly rounds: number;
  readonly published: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly samples?: readonly Sample[];
  /** From the upload to the result: median of the latest sessions that this gateway has served. */
  readonly typicalMillis?: number;
}

/** A public file that comes with a model, to try it with. */
export interface Sample {
  readonly file: string;
  readonly bytes: number;
}

/** Who is signed in. */
export interface Account {
  readonly name: string;
  readonly roles: readonly string[];
  readonly signIn: "development" | "oidc";
}

/** Names an account among those that use this browser. */
export function accountKey({ name, signIn }: Account): string {
  return `${signIn}:${name}`;
}

/** A session that is open. The token opens its masks, events and result. */
export interface Session {
  readonly session: string;
  readonly token: string;
  readonly expires: string;
  readonly masks: string;
  readonly parties: readonly string[];
}

/** The sealed result shares of party 0 and party 1. */
export type Shares = readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];

const TROUBLES: Record<string, Trouble> = {
  "bad-token": "ended",
  ended: "ended",
  "not-signed-in": "signed-out",
  "other-input": "other-input",
  "role-missing": "not-allowed",
  "stock-empty": "stock-empty",
  "unknown-model": "no-model",
  "unknown-session": "ended",
};

/** What a gateway and its dealer offer over HTTP. Counts the bytes of bodies. */
export class Gateway {
  sentBytes = 0;
  receivedBytes = 0;

  constructor(private readonly base: string) {}

  async account(): Promise<Account> {
    return (await this.request("api/me")).json();
  }

  async models(): Promise<ModelEntry[]> {
    return (await this.request("api/models")).json();
  }

  /** A public file of a model, undefined if it has none of this name. */
  async file(
    model: string,
    version: string,
    file: string,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const path = `api/models/${encodeURIComponent(model)}/${encodeURIComponent(version)}/${file}`;
    try {
      return await this.bytes(await this.request(path));
    } catch (e) {
      if (e instanceof UserError && e.details["status"] === "404") {
        return undefined;
      }
      throw e;
    }
  }

  /** A sample that comes with a model. */
  async sample({ model, version }: ModelEntry, { file }: Sample): Promise<File> {
    const bytes = await this.file(model, version, `samples/${encodeURIComponent(file)}`);
    if (bytes === undefined) {
      throw new UserError("no-model");
    }
    return new File([bytes], file);
  }

  /** Opens a session whose result will be sealed for `resultKey`. */
  async open(model: string, version: string, resultKey: Uint8Array): Promise<Session> {
    const body = JSON.stringify({ model, version, resultKey: toHex(resultKey) });
    const headers = { "Content-Type": "application/json" };
    const response = await this.request("api/sessions", { method: "POST", headers, body });
    const session: Session = await response.json();
    if (session.parties.length !== 2) {
      throw damaged(`the gateway names ${session.parties.length} parties, not 2`);
    }
    return session;
  }

  /** The seeds of the session's masks, from the dealer. */
  async masks(session: Session): Promise<Uint8Array<ArrayBuffer>> {
    return this.bytes(await this.request(session.masks, { headers: bearer(session) }));
  }

  /** Uploads the sealed masked input; to be repeated with the same bytes if it fails. */
  async upload(session: Session, sealed: Uint8Array<ArrayBuffer>): Promise<void> {
    const headers = { ...bearer(session), "Content-Type": "application/octet-stream" };
    await this.request(`${path(session)}/input`, { method: "PUT", headers, body: sealed });
    this.sentBytes += sealed.length;
  }

  /** What happens to the session, until `signal` is given. */
  async *events(session: Session, signal: AbortSignal): AsyncGenerator<ServerEvent> {
    const headers = { ...bearer(session), Accept: "text/event-stream" };
    const response = await this.request(`${path(session)}/events`, { headers, signal });
    if (response.body !== null) {
      yield* readEvents(response.body);
    }
  }

  /** The sealed result shares of party 0 and party 1, if they are there. */
  async result(session: Session): Promise<Shares | undefined> {
    const response = await this.request(`${path(session)}/result`, { headers: bearer(session) });
    return sharesIn(new TextDecoder().decode(await this.bytes(response)));
  }

  private async bytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(await this.connected(response.arrayBuffer()));
    this.receivedBytes += bytes.length;
    return bytes;
  }

  private async request(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.base);
    // The gateway alone gets the cookie of the sign-in; no address of the page goes out.
    const options: RequestInit = {
      credentials: "same-origin",
      referrerPolicy: "no-referrer",
      ...init,
    };
    const response = await this.connected(fetch(url, options));
    if (!response.ok) {
      throw await refusal(response);
    }
    return response;
  }

  private async connected<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch {
      throw new UserError("connection");
    }
  }
}

/** The shares in an answer or event, if they are there. */
export function sharesIn(json: string): Shares | undefined {
  const { party0, party1 }: { party0?: string; party1?: string } = JSON.parse(json);
  return party0 && party1 ? [fromBase64(party0), fromBase64(party1)] : undefined;
}

function path(session: Session): string {
  return `api/sessions/${session.session}`;
}

function bearer(session: Session): Record<string, string> {
  return { Authorization: `Bearer ${session.token}` };
}

async function refusal(response: Response): Promise<UserError> {
  const status = String(response.status);
  const body: { error?: string; message?: string } = await response.json().catch(() => ({}));
  const code = body.error ?? "";
  const busy = response.status === 503 ? "connection" : "refused";
  return new UserError(TROUBLES[code] ?? busy, { status, code, message: body.message ?? "" });
}
