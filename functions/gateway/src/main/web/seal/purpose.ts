import { ascii, bigEndian, concat } from "../wire/bytes.ts";

/** What sealed bytes are for; authenticated, so that they open for nothing else. */
export class Purpose {
  readonly bytes: Uint8Array<ArrayBuffer>;

  private constructor(text: string) {
    this.bytes = ascii(text);
  }

  /** The masked input of `session`, 32 hexadecimal digits. */
  static input(session: string): Purpose {
    return new Purpose(`maskwire/1 input ${session}`);
  }

  /** The result share of `party`. */
  static result(session: string, party: number): Purpose {
    return new Purpose(`maskwire/1 result of party ${party} in ${session}`);
  }

  /** The purpose, with what stands before the ciphertext. */
  with(header: Uint8Array): Uint8Array<ArrayBuffer> {
    return concat(bigEndian(this.bytes.length, 4), this.bytes, header);
  }
}
