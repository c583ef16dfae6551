/** A table for a reflected CRC of 32 bits. */
function table(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    }
    return remainder;
  });
}

const CRC32 = table(0xedb88320);
const CRC32C = table(0x82f63b78);

function checksum(bytes: Uint8Array, entries: Uint32Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder = (remainder >>> 8) ^ entries[(remainder ^ byte) & 0xff];
  }
  return (remainder ^ 0xffffffff) >>> 0;
}

/** CRC-32 of PNG chunks (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  return checksum(bytes, CRC32);
}

/** CRC-32C (Castagnoli), the project's own. */
export function crc32c(bytes: Uint8Array): number {
  return checksum(bytes, CRC32C);
}
