import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

// AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits and the whole tag. The place that something is kept at goes in as associated data:
// what is moved elsewhere does not open there.
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export const keyBytes = 32;
export const newKey = (): Buffer => randomBytes(keyBytes);

/** @returns nonce, tag and ciphertext, one after the other */
export const seal = (key: Buffer, place: string, plain: Uint8Array): Buffer =>
  sealWith(randomBytes(nonceBytes), key, place, plain);

/**
 * The same for what is sealed again and again as it is: the same gives the same bytes. The nonce is made from the key and from what is sealed, so that it
 * comes a second time only with the same of everything.
 */
export function sealSteadily(key: Buffer, place: string, plain: Uint8Array): Buffer {
  const made = createHmac('sha256', key).update(`${place}\0`).update(plain).digest();
  return sealWith(made.subarray(0, nonceBytes), key, place, plain);
}

function sealWith(nonce: Buffer, key: Buffer, place: string, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

/** @returns undefined for what was not sealed with this key at this place, or has been changed since */
export function unseal(key: Buffer, place: string, sealed: Uint8Array): Buffer | undefined {
  try {
    // Without its length said, a tag of four bytes would do, and could be found by trying.
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
