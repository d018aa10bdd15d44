import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

// [Note: Codes] What is kept for a guest who asked for a code is encrypted under a key that is made from the code, and found by a second value
// made with it. The database holds neither: whoever has the disk and not the code learns only how many guests have asked for one.

export interface CodeKeys {
  /** 32 bytes: by which it is found. */
  lookup: Buffer;
  /** 32 bytes, for AES-256-GCM. */
  key: Buffer;
}

// scrypt (RFC 7914) with 32 MiB for each try: a tenth of a second here, and years for all 2^40 codes. In libuv's thread pool.
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 ** 2 };
const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** @param salt the event's own */
export async function keysOf(code: string, salt: Buffer): Promise<CodeKeys> {
  const derived = await scryptAsync(code, salt, 64, cost);
  return { lookup: derived.subarray(0, 32), key: derived.subarray(32) };
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** iv, tag and ciphertext, one after the other; bound to the place it is kept at. */
export function seal({ lookup, key }: CodeKeys, text: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes }).setAAD(lookup);
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
}

/** @returns undefined for what was not sealed with these keys, or has been changed since */
export function unseal({ lookup, key }: CodeKeys, sealed: Buffer): string | undefined {
  try {
    // Without its length said, a tag of four bytes would do, and could be found by trying.
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(lookup).setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(sealed.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
