import { damaged } from "../user-error.ts";
import { fromBase64 } from "../wire/bytes.ts";

const CURVE: EcKeyImportParams = { name: "ECDH", namedCurve: "P-256" };
const POINT_BYTES = 65;

/** SubjectPublicKeyInfo of P-256 up to the point (RFC 5480): sequence, id-ecPublicKey, prime256v1, bit string. */
const SPKI_START = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

/** A user's key for one session. */
export interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly point: Uint8Array<ArrayBuffer>;
}

/** A fresh pair; the private key cannot be exported. */
export async function generateKeys(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  return { privateKey: pair.privateKey, point: await encodePoint(pair.publicKey) };
}

/** The uncompressed point of a public key. */
export async function encodePoint(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key));
}

/** A public key from its uncompressed point; points off the curve are refused by the import. */
export function importPoint(point: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", point, CURVE, true, []);
}

/**
 * The point of a PEM certificate. Which certificates are a session's is the gateway's word, over TLS;
 * nothing else in the certificate is used, so only its key is looked for.
 */
export function pointOfCertificate(pem: string): Uint8Array<ArrayBuffer> {
  const base64 = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/.exec(pem)?.[1];
  if (base64 === undefined) {
    throw damaged("a party's certificate is none");
  }
  const der = fromBase64(base64.replace(/\s/g, ""));
  const start = SPKI_START.match(/../g)!.map((digits) => parseInt(digits, 16));
  for (let at = 0; at + start.length + POINT_BYTES <= der.length; at++) {
    if (start.every((byte, i) => der[at + i] === byte)) {
      return der.slice(at + start.length, at + start.length + POINT_BYTES);
    }
  }
  throw damaged("a party's certificate has no key on P-256");
}
