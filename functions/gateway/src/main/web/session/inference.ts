import { seal, open } from "../seal/envelope.ts";
import { generateKeys, pointOfCertificate } from "../seal/keys.ts";
import { Purpose } from "../seal/purpose.ts";
import { UserError } from "../user-error.ts";
import { decodeMaskSeeds, type MaskSeeds, wipeSeeds } from "../wire/mask-seeds.ts";
import { decodeRoundMessage } from "../wire/round-message.ts";
import { finish } from "./finishing.ts";
import type { Gateway } from "./gateway.ts";
import { maskedView } from "./masked-view.ts";
import { patiently } from "./patience.ts";
import { erasePending, keepPending, type Pending } from "./pending.ts";
import type { Answer, Outcome, Step } from "./protocol.ts";
import { rank } from "./ranking.ts";
import type { RemoteModel } from "./remote-model.ts";
import { checkSeeds, maskInput, unmaskOutputs } from "./user.ts";

/** One inference: masks, sealed upload, rounds, unmasked result. */
export class Inference {
  private rounds = 0;

  constructor(
    private readonly gateway: Gateway,
    private readonly model: RemoteModel,
    private readonly tell: (answer: Answer) => void,
  ) {}

  private readonly waiting = (why: Parameters<Parameters<typeof patiently>[1]>[0]) =>
    this.tell({ tell: "waiting", why });

  private step(step: Step): void {
    const { sentBytes, receivedBytes } = this.gateway;
    this.tell({ tell: "step", step, sentBytes, receivedBytes });
  }

  /** Opens a session and masks and seals `input` for it; nothing of it has left yet. */
  async prepare(input: Float32Array): Promise<Pending> {
    const started = Date.now();
    const { model, version, program } = this.model;
    this.step("masks");
    const key = await generateKeys();
    const session = await patiently(
      () => this.gateway.open(model, version, key.point),
      this.waiting,
    );
    const seeds = decodeMaskSeeds(await patiently(() => this.gateway.masks(session), this.waiting));
    checkSeeds(program, seeds);
    this.step("encrypt");
    const masked = await maskInput(program, seeds, input);
    this.tell({ tell: "masked", view: maskedView(program.inputs[0], masked.values) });
    const receivers = session.parties.map(pointOfCertificate);
    const sealed = await seal(Purpose.input(session.session), masked.bytes, receivers);
    wipeSeeds({ ...seeds, outputs: [] });
    const outputs: MaskSeeds = { ...seeds, inputs: [] };
    const pending = { model, version, session, key, outputs, sealed, started };
    await keepPending(pending);
    return pending;
  }

  /** Uploads what is prepared, waits for the result and unmasks it. */
  async complete(pending: Pending): Promise<Outcome> {
    const { session } = pending;
    this.step("infer");
    await patiently(() => this.gateway.upload(session, pending.sealed), this.waiting);
    this.step("infer");
    const shares = await this.awaitShares(pending);
    this.step("unmask");
    const [first, second] = await Promise.all(
      shares.map(async (share, party) =>
        decodeRoundMessage(await open(Purpose.result(session.session, party), share, pending.key)),
      ),
    );
    const { program, labels } = this.model;
    const outputs = await unmaskOutputs(program, pending.outputs, [first, second]);
    wipeSeeds(pending.outputs);
    await erasePending(pending);
    const ranking = rank(program.outputs[0], finish(program.outputs[0], outputs[0]), labels);
    return {
      ranking,
      session: session.session,
      model: pending.model,
      version: pending.version,
      millis: Date.now() - pending.started,
      sentBytes: this.gateway.sentBytes,
      receivedBytes: this.gateway.receivedBytes,
      rounds: this.rounds,
    };
  }

  /** Follows the session until both shares are there, over any number of connections. */
  private awaitShares(pending: Pending) {
    return patiently(async () => {
      for await (const event of this.gateway.events(pending.session)) {
        this.waiting(undefined);
        if (event.name === "round") {
          const { round, rounds }: { round: number; rounds: number } = JSON.parse(event.data);
          this.rounds = rounds;
          this.tell({ tell: "round", round, rounds });
        } else if (event.name === "expired") {
          throw new UserError("ended");
        } else if (event.name === "completed") {
          break;
        }
      }
      const shares = await this.gateway.result(pending.session);
      if (shares === undefined) {
        throw new UserError("connection");
      }
      return shares;
    }, this.waiting);
  }
}
