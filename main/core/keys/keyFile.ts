import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { libraryFaultOf } from '../store/index.ts';
import { keyBytes } from './cipher.ts';
import { wrappedKeySchema } from './passphrase.ts';

const version = 1;
const base64Schema = z.base64().min(1);

/** The master key as it lies beside the database: wrapped by the system, by a passphrase, or by nothing. */
const keyFileSchema = z.discriminatedUnion('by', [
  z.object({ version: z.literal(version), by: z.literal('system'), wrapped: base64Schema }),
  z.object({ version: z.literal(version), by: z.literal('passphrase'), wrapped: wrappedKeySchema }),
  z.object({ version: z.literal(version), by: z.literal('none'), key: base64Schema.refine(isKey, 'a key') }),
]);

function isKey(text: string): boolean {
  return Buffer.from(text, 'base64').byteLength === keyBytes;
}

export type KeyFile = z.infer<typeof keyFileSchema>;
type WithoutVersion<F> = F extends KeyFile ? Omit<F, 'version'> : never;
export type NewKeyFile = WithoutVersion<KeyFile>;

const fileOf = (libraryDir: string): string => path.join(libraryDir, 'keys.json');

/** @returns `missing`, or `unreadable` for a file that is not as this program writes it */
export async function readKeyFile(libraryDir: string): Promise<KeyFile | 'missing' | 'unreadable'> {
  let text;
  try {
    text = await readFile(fileOf(libraryDir), 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? 'missing' : 'unreadable';
  }
  try {
    return keyFileSchema.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

/** In the place of the one before: whole, or not at all, whatever happens meanwhile. */
export async function writeKeyFile(libraryDir: string, content: NewKeyFile): Promise<Result<void>> {
  const unfinished = path.join(libraryDir, `.keys-${randomUUID()}`);
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify({ version, ...content })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, fileOf(libraryDir));
    await syncFolder(libraryDir);
    return ok(undefined);
  } catch (error) {
    await rm(unfinished, { force: true });
    return asFault(error);
  }
}

/** What nobody can open any more is kept all the same, under another name. */
export async function putKeyFileAside(libraryDir: string): Promise<Result<void>> {
  try {
    await rename(
      fileOf(libraryDir),
      path.join(libraryDir, `keys.json.lost-${new Date().toISOString().replaceAll(':', '')}`),
    );
    return ok(undefined);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? ok(undefined) : asFault(error);
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function asFault(error: unknown): Result<never> {
  const fault = libraryFaultOf(error);
  if (fault === undefined) throw error;
  return fail(fault.code, fault.detail);
}
