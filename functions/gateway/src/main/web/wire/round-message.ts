import { ByteReader } from "./reader.ts";

/** A party's result share, as its last message carries it. */
export interface RoundMessage {
  readonly role: number;
  readonly session: Uint8Array<ArrayBuffer>;
  readonly transcript: Uint8Array<ArrayBuffer>;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** Reads format MWRM. */
export function decodeRoundMessage(bytes: Uint8Array): RoundMessage {
  const reader = new ByteReader(bytes, "result share");
  reader.expectHeader("MWRM");
  const role = reader.byte();
  reader.int();
  const session = reader.take(16);
  const transcript = reader.take(32);
  return { role, session, transcript, payload: reader.take(reader.remaining()) };
}
