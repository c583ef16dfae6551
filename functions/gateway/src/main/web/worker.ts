import { decodeFile } from "./input/decode.ts";
import { preprocessSamples } from "./input/pipeline.ts";
import { Gateway } from "./session/gateway.ts";
import { Inference } from "./session/inference.ts";
import { claim, erasePending, type Pending, pendingOf } from "./session/pending.ts";
import { patiently } from "./session/patience.ts";
import type { Answer, Request } from "./session/protocol.ts";
import { ModelCache, type RemoteModel } from "./session/remote-model.ts";
import { viewOf } from "./session/view.ts";
import { encode } from "./ring/fixed-point.ts";
import { packedBytes } from "./ring/packing.ts";
import { UserError } from "./user-error.ts";

/** The worker: files, masks and results are handled here, beside the page's thread. */
const worker = self as unknown as DedicatedWorkerGlobalScope;
const base = new URL("../", import.meta.url).href;
const models = new ModelCache(new Gateway(base));
let asked: File | undefined;
let prepared: { model: RemoteModel; input: Float32Array } | undefined;

function tell(answer: Answer): void {
  worker.postMessage(answer);
}

async function prepare(request: Request & { ask: "prepare" }): Promise<void> {
  const { model: name, version, file, beside } = request;
  asked = file;
  prepared = undefined;
  const [model, buffer, other] = await Promise.all([
    patiently(
      () => models.get(name, version),
      (why) => tell({ tell: "waiting", why }),
    ),
    file.arrayBuffer(),
    beside?.arrayBuffer(),
  ]);
  const decoded = await decodeFile(
    file.name,
    new Uint8Array(buffer),
    model.preprocess,
    other && new Uint8Array(other),
  );
  const declared = model.program.inputs[0];
  const input = preprocessSamples(decoded, model.preprocess, declared.shape);
  // Refuses values beyond the model's range now, before a key set is used up.
  encode(input, declared.scale, declared.bound).wipe();
  if (asked !== file) {
    return;
  }
  prepared = { model, input };
  const inputBytes = packedBytes(declared.count, declared.width);
  tell({ tell: "prepared", view: viewOf(decoded), inputBytes });
}

async function infer(account: string): Promise<void> {
  if (prepared === undefined) {
    throw new Error("nothing is prepared");
  }
  const { model, input } = prepared;
  const inference = new Inference(new Gateway(base), model, tell);
  const pending = await inference.prepare(input, account);
  await claim(pending, () => complete(inference, pending));
}

/** A session that failed for good is forgotten; after a lost connection a reload goes on with it. */
async function complete(inference: Inference, pending: Pending): Promise<void> {
  try {
    tell({ tell: "done", outcome: await inference.complete(pending) });
  } catch (e) {
    if (!(e instanceof UserError && e.trouble === "connection")) {
      await erasePending(pending);
    }
    throw e;
  }
}

async function resume(account: string): Promise<void> {
  for (const pending of await pendingOf(account)) {
    if (await claim(pending, () => goOn(pending))) {
      return;
    }
  }
  tell({ tell: "nothing-to-resume" });
}

async function goOn(pending: Pending): Promise<void> {
  const { model, version } = pending;
  tell({ tell: "resuming", model, version });
  const remote = await patiently(
    () => models.get(model, version),
    (why) => tell({ tell: "waiting", why }),
  );
  await complete(new Inference(new Gateway(base), remote, tell), pending);
}

async function handle(request: Request): Promise<void> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new UserError("insecure-context");
  }
  switch (request.ask) {
    case "expect":
      // Fetched in time for the file; what goes wrong is told when there is one.
      return void models.get(request.model, request.version).catch(() => undefined);
    case "prepare":
      return prepare(request);
    case "infer":
      return infer(request.account);
    case "resume":
      return resume(request.account);
  }
}

function failed(request: Request, e: unknown): void {
  // Of a file that another was chosen after, nothing is told.
  if (request.ask === "prepare" && request.file !== asked) {
    return;
  }
  if (e instanceof UserError) {
    tell({ tell: "failed", trouble: e.trouble, details: e.details });
  } else {
    tell({ tell: "failed", trouble: "damaged", details: { problem: String(e) } });
  }
}

worker.onmessage = ({ data }: MessageEvent<Request>) => {
  handle(data).catch((e: unknown) => failed(data, e));
};
