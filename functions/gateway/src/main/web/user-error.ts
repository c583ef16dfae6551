/** What can be wrong from the user's point of view; `texts.ts` says for each what to do. */
export type Trouble =
  | "bad-file"
  | "connection"
  | "damaged"
  | "ended"
  | "insecure-context"
  | "misfit"
  | "no-model"
  | "not-allowed"
  | "not-revealed"
  | "other-input"
  | "out-of-range"
  | "preprocess"
  | "refused"
  | "several-files"
  | "signed-out"
  | "stock-empty"
  | "unsupported-file";

/** A failure with a name and its details, so that what is shown can be translated. */
export class UserError extends Error {
  constructor(
    readonly trouble: Trouble,
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(`${trouble} ${Object.values(details).join("; ")}`);
  }
}

/** A file that is not what it should be. */
export function badFile(problem: string): UserError {
  return new UserError("bad-file", { problem });
}

/** Bytes of a service that are not what they should be. */
export function damaged(problem: string): UserError {
  return new UserError("damaged", { problem });
}
