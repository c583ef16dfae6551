import { ascii, bigEndian, concat } from "../wire/bytes.ts";
import { encodePoint, importPoint, type KeyPair } from "./keys.ts";

/**
 * HPKE (RFC 9180), base mode, single shot, with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and
 * AES-256-GCM. Function names and labels are the RFC's.
 */
const KEM_SUITE = concat(ascii("KEM"), bigEndian(0x0010, 2));
const HPKE_SUITE = concat(
  ascii("HPKE"),
  bigEndian(0x0010, 2),
  bigEndian(0x0001, 2),
  bigEndian(0x0002, 2),
);
const ENC_BYTES = 65;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const SECRET_BYTES = 32;
const NOTHING = new Uint8Array(0);

async function hmac(key: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>) {
  // WebCrypto refuses an empty key; HMAC fills short ones with zeros, so one zero is the same key.
  const bytes = key.length === 0 ? new Uint8Array(1) : key;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
}

function labeledExtract(
  suite: Uint8Array,
  salt: Uint8Array<ArrayBuffer>,
  label: string,
  ikm: Uint8Array,
) {
  return hmac(salt, concat(ascii("HPKE-v1"), suite, ascii(label), ikm));
}

/** All lengths here are of one block at most. */
async function labeledExpand(
  suite: Uint8Array,
  prk: Uint8Array<ArrayBuffer>,
  label: string,
  info: Uint8Array,
  length: number,
) {
  const labeled = concat(bigEndian(length, 2), ascii("HPKE-v1"), suite, ascii(label), info);
  const block = await hmac(prk, concat(labeled, new Uint8Array([1])));
  return block.slice(0, length);
}

async function sharedSecret(
  privateKey: CryptoKey,
  publicKey: CryptoKey,
  enc: Uint8Array,
  receiver: Uint8Array,
) {
  const algorithm = { name: "ECDH", public: publicKey };
  const dh = new Uint8Array(await crypto.subtle.deriveBits(algorithm, privateKey, 256));
  const prk = await labeledExtract(KEM_SUITE, NOTHING, "eae_prk", dh);
  const context = concat(enc, receiver);
  return labeledExpand(KEM_SUITE, prk, "shared_secret", context, SECRET_BYTES);
}

async function keySchedule(secret: Uint8Array<ArrayBuffer>, info: Uint8Array) {
  const pskIdHash = await labeledExtract(HPKE_SUITE, NOTHING, "psk_id_hash", NOTHING);
  const infoHash = await labeledExtract(HPKE_SUITE, NOTHING, "info_hash", info);
  const context = concat(new Uint8Array([0]), pskIdHash, infoHash);
  const prk = await labeledExtract(HPKE_SUITE, secret, "secret", NOTHING);
  const raw = await labeledExpand(HPKE_SUITE, prk, "key", context, KEY_BYTES);
  const iv = await labeledExpand(HPKE_SUITE, prk, "base_nonce", context, NONCE_BYTES);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { key, parameters: { name: "AES-GCM", iv } };
}

/** `message` for the holder of `receiver`'s private key: enc, then ciphertext and tag. */
export async function hpkeSeal(
  receiver: Uint8Array<ArrayBuffer>,
  info: Uint8Array,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const ephemeral = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const enc = await encodePoint(ephemeral.publicKey);
  const publicKey = await importPoint(receiver);
  const secret = await sharedSecret(ephemeral.privateKey, publicKey, enc, receiver);
  const { key, parameters } = await keySchedule(secret, info);
  return concat(enc, new Uint8Array(await crypto.subtle.encrypt(parameters, key, message)));
}

/** What was sealed for `own`; rejects if it was sealed otherwise or changed. */
export async function hpkeOpen(
  own: KeyPair,
  info: Uint8Array,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const enc = sealed.slice(0, ENC_BYTES);
  const secret = await sharedSecret(own.privateKey, await importPoint(enc), enc, own.point);
  const { key, parameters } = await keySchedule(secret, info);
  const opened = await crypto.subtle.decrypt(parameters, key, sealed.slice(ENC_BYTES));
  return new Uint8Array(opened);
}
