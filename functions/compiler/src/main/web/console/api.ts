export type State = "compiling" | "failed" | "published" | "retired";

/** A version of a model, or an upload that is none yet. */
export interface Entry {
  readonly model: string;
  readonly version: string;
  readonly state: State;
  readonly time: string;
  readonly cost?: {
    readonly rounds: number;
    readonly widths: string;
    readonly keyBytes: number;
    readonly messageBytes: number;
    readonly weightBytes: number;
  };
  /** What users are shown of a version. */
  readonly shown?: {
    readonly description: boolean;
    readonly samples: number;
  };
}

/** A node of the report; bits are 0 where it has none. */
export interface ReportNode {
  readonly node: string;
  readonly operator: string;
  readonly shape: string;
  readonly weightScale: number;
  readonly valueBits: number;
  readonly shift: number;
  readonly productBits: number;
  readonly wireBits: number;
  readonly certainty: string;
  readonly spareBits?: number;
}

export interface Problem {
  readonly error: string;
  readonly message: string;
  readonly nodes?: readonly {
    readonly name: string;
    readonly operator: string;
    readonly shapes: readonly string[];
    readonly hint: string;
  }[];
}

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface PublishedNumbers {
  readonly node: string;
  readonly operator: string;
  readonly what: string;
  readonly values: readonly number[];
}

export interface Report {
  readonly model: string;
  readonly version: string;
  readonly state: State;
  readonly report?: {
    readonly inputs: readonly Tensor[];
    readonly outputs: readonly Tensor[];
    readonly nodes: readonly ReportNode[];
    /** Missing in versions that older compilers published. */
    readonly published?: readonly PublishedNumbers[];
  };
  readonly problem?: Problem;
}

export interface Level {
  readonly model: string;
  readonly version: string;
  readonly ready: number;
  readonly configured: number;
}

export interface Day {
  readonly model: string;
  readonly day: string;
  readonly opened: number;
  readonly completed: number;
  readonly expired: number;
}

/** What the compiler refused, or that it did not answer. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Whether it ends without a change of what was asked for: when the compiler is back, or its owner is. */
export function isPassing({ error }: Problem): boolean {
  return error === "connection" || error === "not-signed-in";
}

/** What `failure` is, in words for the owner. */
export function problemOf(failure: unknown): Problem {
  return failure instanceof ApiError ? failure.problem : { error: "", message: String(failure) };
}

/** The compiler's interface. */
export class Api {
  /** @param base its address, with a slash at its end */
  constructor(private readonly base: string) {}

  models(): Promise<Entry[]> {
    return this.ask("models");
  }

  model({ model, version }: Entry): Promise<Entry> {
    return this.ask(`models/${model}/${version}`);
  }

  report({ model, version }: Entry): Promise<Report> {
    return this.ask(`models/${model}/${version}/report`);
  }

  retire({ model, version }: Entry): Promise<Entry> {
    return this.ask(`models/${model}/${version}/retire`, "POST");
  }

  async stock(): Promise<readonly Level[]> {
    const { versions } = await this.ask<{ versions: Level[] }>("stock");
    return versions;
  }

  sessions(): Promise<Day[]> {
    return this.ask("sessions/daily");
  }

  private async ask<T>(path: string, method = "GET"): Promise<T> {
    let response: Response;
    try {
      response = await fetch(this.base + path, { method, cache: "no-store" });
    } catch (e) {
      throw lost(e);
    }
    return answer(response.status, await response.text());
  }

  /**
   * Uploads a form; `fetch` would not say how far it is.
   *
   * @param sent hears which part of it is sent, from 0 to 1
   */
  upload(model: string, form: FormData, sent: (share: number) => void): Promise<Entry> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", ({ loaded, total }) => sent(total > 0 ? loaded / total : 0));
      request.addEventListener("error", () => reject(lost("the upload broke off")));
      request.addEventListener("load", () => {
        try {
          resolve(answer(request.status, request.responseText));
        } catch (e) {
          reject(e instanceof Error ? e : lost(e));
        }
      });
      request.open("POST", `${this.base}models/${model}`);
      request.send(form);
    });
  }
}

function answer<T>(status: number, body: string): T {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = { error: status === 413 ? "request-entity-too-large" : "unreadable", message: `HTTP ${status}` };
  }
  if (status >= 400) {
    throw new ApiError(json as Problem);
  }
  return json as T;
}

function lost(cause: unknown): ApiError {
  return new ApiError({ error: "connection", message: String(cause) });
}
