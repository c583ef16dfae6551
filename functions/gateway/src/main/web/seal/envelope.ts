import { damaged } from "../user-error.ts";
import { ascii, bigEndian, concat } from "../wire/bytes.ts";
import { ByteReader } from "../wire/reader.ts";
import { hpkeOpen, hpkeSeal } from "./hpke.ts";
import type { KeyPair } from "./keys.ts";
import type { Purpose } from "./purpose.ts";

/**
 * Format MWSE: one ciphertext under a content key of its own, which HPKE encrypts for each receiver.
 * A content key encrypts once, so its nonce is zero.
 */
function cipher(purpose: Purpose, header: Uint8Array) {
  return { name: "AES-GCM", iv: new Uint8Array(12), additionalData: purpose.with(header) };
}

/** Seals `message` for all `receivers`, uncompressed points. */
export async function seal(
  purpose: Purpose,
  message: Uint8Array<ArrayBuffer>,
  receivers: readonly Uint8Array<ArrayBuffer>[],
): Promise<Uint8Array<ArrayBuffer>> {
  const content = crypto.getRandomValues(new Uint8Array(32));
  let header = concat(ascii("MWSE"), bigEndian(1, 2), bigEndian(receivers.length, 1));
  for (const receiver of receivers) {
    const wrapped = await hpkeSeal(receiver, purpose.bytes, content);
    header = concat(header, bigEndian(wrapped.length, 2), wrapped);
  }
  const key = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["encrypt"]);
  content.fill(0);
  const encrypted = await crypto.subtle.encrypt(cipher(purpose, header), key, message);
  return concat(header, new Uint8Array(encrypted));
}

/** Opens what was sealed for `own` as its first receiver. */
export async function open(
  purpose: Purpose,
  sealed: Uint8Array<ArrayBuffer>,
  own: KeyPair,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new ByteReader(sealed, "sealed bytes");
  reader.expectHeader("MWSE");
  const wrapped = Array.from({ length: reader.byte() }, () => reader.take(reader.short()));
  const start = reader.offset();
  try {
    const content = await hpkeOpen(own, purpose.bytes, wrapped[0]);
    const key = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["decrypt"]);
    content.fill(0);
    const parameters = cipher(purpose, sealed.slice(0, start));
    return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.slice(start)));
  } catch {
    throw damaged("a result share was not sealed for this browser, or was changed");
  }
}
