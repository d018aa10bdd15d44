import { hashRaw } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { keyBytes, seal, unseal } from './cipher.ts';

/** A key as it lies in a file, openable by whoever knows the passphrase. JSON. */
export const wrappedKeySchema = z.object({
  /** argon2id (RFC 9106): KiB, passes, lanes. */
  memoryKib: z.number().int().min(8).max(4_194_304),
  passes: z.number().int().min(1).max(64),
  lanes: z.number().int().min(1).max(64),
  salt: z.base64(),
  sealed: z.base64(),
});

export type WrappedKey = z.infer<typeof wrappedKeySchema>;

// RFC 9106, section 4, second recommended option: 64 MiB, three passes, four lanes. A quarter of a second, in libuv's thread pool.
const cost = { memoryKib: 65_536, passes: 3, lanes: 4 };
const place = 'passphrase';

export async function wrapWithPassphrase(key: Buffer, passphrase: string): Promise<WrappedKey> {
  const salt = randomBytes(16);
  const wrapping = await derive(passphrase, cost, salt);
  const sealed = seal(wrapping, place, key);
  wrapping.fill(0);
  return { ...cost, salt: salt.toString('base64'), sealed: sealed.toString('base64') };
}

/** @param wrapped whatever a file held. @returns keys.wrong-passphrase; keys.lost for what is no such key */
export async function unwrapWithPassphrase(wrapped: unknown, passphrase: string): Promise<Result<Buffer>> {
  const parsed = wrappedKeySchema.safeParse(wrapped);
  if (!parsed.success) return fail('keys.lost');
  const { salt, sealed, ...parameters } = parsed.data;
  const wrapping = await derive(passphrase, parameters, Buffer.from(salt, 'base64'));
  const key = unseal(wrapping, place, Buffer.from(sealed, 'base64'));
  wrapping.fill(0);
  return key === undefined ? fail('keys.wrong-passphrase') : ok(key);
}

/** The same letters typed on another keyboard are the same passphrase (Unicode NFKC). */
const derive = (passphrase: string, { memoryKib, passes, lanes }: typeof cost, salt: Buffer): Promise<Buffer> =>
  hashRaw(passphrase.normalize('NFKC'), {
    memoryCost: memoryKib,
    timeCost: passes,
    parallelism: lanes,
    outputLen: keyBytes,
    salt,
  });
