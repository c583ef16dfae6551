import { seal, open } from "../seal/envelope.ts";
import { generateKeys, pointOfCertificate } from "../seal/keys.ts";
import { Purpose } from "../seal/purpose.ts";
import { type Trouble, UserError } from "../user-error.ts";
import { decodeMaskSeeds, type MaskSeeds, wipeSeeds } from "../wire/mask-seeds.ts";
import { decodeRoundMessage } from "../wire/round-message.ts";
import { finish } from "./finishing.ts";
import { type Gateway, type Session, type Shares, sharesIn } from "./gateway.ts";
import { maskedView } from "./masked-view.ts";
import { patiently } from "./patience.ts";
import { erasePending, keepPending, type Pending } from "./pending.ts";
import type { Answer, Outcome, Step } from "./protocol.ts";
import { rank } from "./ranking.ts";
import type { RemoteModel } from "./remote-model.ts";
import { useSession } from "./used.ts";
import { checkSeeds, checkSession, maskInput, unmaskOutputs } from "./user.ts";

/** Hears why a request is not answered yet, and undefined when it is. */
type Heard = (why: Trouble | undefined) => void;

/** One inference: masks, sealed upload, rounds, unmasked result. */
export class Inference {
  private rounds = 0;
  private readonly reasons = new Map<symbol, Trouble>();
  private told: Trouble | undefined;

  constructor(
    private readonly gateway: Gateway,
    private readonly model: RemoteModel,
    private readonly tell: (answer: Answer) => void,
  ) {}

  /** A listener for one request; what several wait for is told once. */
  private waiting(): Heard {
    const request = Symbol();
    return (why) => {
      if (why === undefined) {
        this.reasons.delete(request);
      } else {
        this.reasons.set(request, why);
      }
      const [reason] = this.reasons.values();
      if (reason !== this.told) {
        this.told = reason;
        this.tell({ tell: "waiting", why: reason });
      }
    };
  }

  private step(step: Step): void {
    const { sentBytes, receivedBytes } = this.gateway;
    this.tell({ tell: "step", step, sentBytes, receivedBytes });
  }

  /**
   * Opens a session and masks and seals `input` for it; nothing of it has left yet.
   *
   * @param account whose session it is
   */
  async prepare(input: Float32Array, account: string): Promise<Pending> {
    const started = Date.now();
    const { model, version, program } = this.model;
    this.step("masks");
    const key = await generateKeys();
    const session = await patiently(
      () => this.gateway.open(model, version, key.point),
      this.waiting(),
    );
    const masks = await patiently(() => this.gateway.masks(session), this.waiting());
    const seeds = decodeMaskSeeds(masks);
    checkSeeds(program, seeds);
    checkSession(seeds, session.session);
    await useSession(session.session);
    this.step("encrypt");
    const masked = await maskInput(program, seeds, input);
    this.tell({ tell: "masked", view: maskedView(program.inputs[0], masked.values) });
    const receivers = session.parties.map(pointOfCertificate);
    const sealed = await seal(Purpose.input(session.session), masked.bytes, receivers);
    wipeSeeds({ ...seeds, outputs: [] });
    const outputs: MaskSeeds = { ...seeds, inputs: [] };
    const pending = { account, model, version, session, key, outputs, sealed, started };
    await keepPending(pending);
    return pending;
  }

  /** Uploads what is prepared, waits for the result and unmasks it. */
  async complete(pending: Pending): Promise<Outcome> {
    const { session } = pending;
    this.step("infer");
    const shares = await this.exchange(pending);
    this.step("unmask");
    const [first, second] = await Promise.all(
      shares.map(async (share, party) =>
        decodeRoundMessage(await open(Purpose.result(session.session, party), share, pending.key)),
      ),
    );
    const { program, labels } = this.model;
    const outputs = await unmaskOutputs(program, pending.outputs, [first, second]);
    await erasePending(pending);
    const ranking = rank(program.outputs[0], finish(program.outputs[0], outputs[0]), labels);
    return {
      ranking,
      session: session.session,
      model: pending.model,
      version: pending.version,
      millis: Date.now() - pending.started,
      finished: new Date().toISOString(),
      sentBytes: this.gateway.sentBytes,
      receivedBytes: this.gateway.receivedBytes,
      rounds: this.rounds,
    };
  }

  /** Uploads, and hears of the rounds from before the first; tries until the session expires. */
  private async exchange(pending: Pending): Promise<Shares> {
    const { session, sealed } = pending;
    const stop = new AbortController();
    const limits = { until: Date.parse(session.expires) || 0, signal: stop.signal };
    const heard = this.waiting();
    try {
      const [shares] = await Promise.all([
        patiently(() => this.follow(session, stop.signal, heard), heard, limits),
        patiently(() => this.gateway.upload(session, sealed), this.waiting(), limits),
      ]);
      return shares;
    } finally {
      stop.abort();
    }
  }

  /** Follows the session until both shares are there, or the connection is lost. */
  private async follow(session: Session, signal: AbortSignal, heard: Heard): Promise<Shares> {
    for await (const { name, data } of this.gateway.events(session, signal)) {
      heard(undefined);
      if (name === "round") {
        this.round(JSON.parse(data));
      } else if (name === "expired" || name === "failed") {
        throw new UserError("ended");
      } else if (name === "completed") {
        const shares = sharesIn(data) ?? (await this.gateway.result(session));
        if (shares !== undefined) {
          return shares;
        }
      }
    }
    throw new UserError("connection");
  }

  private round({ round, rounds }: { round: number; rounds: number }): void {
    this.rounds = rounds;
    if (round > 0) {
      this.tell({ tell: "round", round, rounds });
    }
  }
}
