import { parsePreprocess } from "../input/preprocess-parser.ts";
import { DEFAULT_PREPROCESS, type Preprocess } from "../input/preprocess.ts";
import { damaged, UserError } from "../user-error.ts";
import { decodeProgram, type Program } from "../wire/program.ts";
import type { Gateway } from "./gateway.ts";

/** The public side of a model that a gateway serves. */
export interface RemoteModel {
  readonly model: string;
  readonly version: string;
  readonly program: Program;
  readonly preprocess: Preprocess;
  readonly labels: readonly string[];
}

async function fetchModel(
  gateway: Gateway,
  model: string,
  version: string,
): Promise<RemoteModel> {
  const [encoded, yaml, names] = await Promise.all(
    ["program.bin", "preprocess.yaml", "labels.txt"].map((file) =>
      gateway.file(model, version, file),
    ),
  );
  if (encoded === undefined) {
    throw new UserError("no-model");
  }
  const program = await decodeProgram(encoded);
  if (program.version !== version) {
    throw damaged(`the gateway sends version ${program.version} for ${version}`);
  }
  if (program.inputs.length !== 1) {
    throw new UserError("preprocess", { problem: `${program.inputs.length} inputs, not one` });
  }
  const preprocess = yaml === undefined ? DEFAULT_PREPROCESS : parsePreprocess(text(yaml));
  const labels = names === undefined ? [] : text(names).replace(/\r?\n$/, "").split(/\r?\n/);
  return { model, version, program, preprocess, labels };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Models that were fetched: a version never changes. */
export class ModelCache {
  private readonly fetched = new Map<string, Promise<RemoteModel>>();

  constructor(private readonly gateway: Gateway) {}

  /** The version's model; one that could not be fetched is tried again by the next call. */
  get(model: string, version: string): Promise<RemoteModel> {
    const key = `${model}/${version}`;
    const known = this.fetched.get(key);
    if (known !== undefined) {
      return known;
    }
    const fetching = fetchModel(this.gateway, model, version);
    this.fetched.set(key, fetching);
    fetching.catch(() => this.fetched.delete(key));
    return fetching;
  }
}
