import { hkdfSync, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { keyBytes, seal as sealWith, unseal as unsealWith } from '../keys/index.ts';

// [Note: Codes] What is kept for a guest who asked for a code, or for a link, is encrypted under a key that is made from it, and found by a second value
// made with it. The database holds neither: whoever has the disk and not the code learns only how many guests have asked for one. All of it is sealed
// once more under the event's key, so that it ends with that. How long a look takes tells nothing of a code or a link that is near: what is compared
// is not they, but what a hash makes of them.

export interface SecretKeys {
  /** 32 bytes: by which it is found. */
  lookup: Buffer;
  /** 32 bytes, for AES-256-GCM. */
  key: Buffer;
}

// scrypt (RFC 7914) with 32 MiB for each try: a tenth of a second here, and years for all 2^40 codes. In libuv's thread pool.
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 ** 2 };
const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** @param salt the event's own */
export const keysOfCode = async (code: string, salt: Buffer): Promise<SecretKeys> =>
  parted(await scryptAsync(code, salt, 2 * keyBytes, cost));

/** Of a token all 2^128 cannot be tried, however quick a try is (HKDF, RFC 5869). @param salt the event's own */
export const keysOfToken = (token: string, salt: Buffer): SecretKeys =>
  parted(Buffer.from(hkdfSync('sha256', token, salt, 'findme share link', 2 * keyBytes)));

const parted = (derived: Buffer): SecretKeys => ({
  lookup: derived.subarray(0, keyBytes),
  key: derived.subarray(keyBytes),
});

const placeOf = (lookup: Buffer): string => `code/${lookup.toString('hex')}`;

/** Bound to the place it is kept at. */
export const seal = ({ lookup, key }: SecretKeys, text: string): Buffer =>
  sealWith(key, placeOf(lookup), Buffer.from(text, 'utf8'));

/** @returns undefined for what was not sealed with these keys, or has been changed since */
export const unseal = ({ lookup, key }: SecretKeys, sealed: Buffer): string | undefined =>
  unsealWith(key, placeOf(lookup), sealed)?.toString('utf8');
