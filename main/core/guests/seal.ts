import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { seal as sealWith, unseal as unsealWith } from '../keys/index.ts';

// [Note: Codes] What is kept for a guest who asked for a code is encrypted under a key that is made from the code, and found by a second value
// made with it. The database holds neither: whoever has the disk and not the code learns only how many guests have asked for one. All of it is sealed
// once more under the event's key, so that it ends with that.

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

const placeOf = (lookup: Buffer): string => `code/${lookup.toString('hex')}`;

/** Bound to the place it is kept at. */
export const seal = ({ lookup, key }: CodeKeys, text: string): Buffer =>
  sealWith(key, placeOf(lookup), Buffer.from(text, 'utf8'));

/** @returns undefined for what was not sealed with these keys, or has been changed since */
export const unseal = ({ lookup, key }: CodeKeys, sealed: Buffer): string | undefined =>
  unsealWith(key, placeOf(lookup), sealed)?.toString('utf8');
