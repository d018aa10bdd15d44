import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { access, copyFile, link, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { libraryFaultOf } from '../store/index.ts';

/** `copy`: the library's own, as an event needs it. `link`: another name for the same file, for a library that lives shorter than the folder. */
export type KeepOriginals = 'copy' | 'link';

export interface Original {
  sha256: string;
  /** With its dot, lower case. */
  extension: string;
  sizeBytes: number;
}

/** The files themselves, each named by the SHA-256 of its bytes: the same bytes are kept once, and nothing is ever overwritten. */
export interface Originals {
  /** Makes the folders, and removes what a run that was cut off left half-copied. */
  prepare(): Promise<Result<void>>;
  pathOf(original: { sha256: string }): string;
  has(original: { sha256: string }): Promise<boolean>;
  /** Takes a file in whose size and time were those of `found`. */
  keep(file: string, found: Stats): Promise<Result<Original>>;
}

export function createOriginals({ libraryDir, keep }: { libraryDir: string; keep: KeepOriginals }): Originals {
  const originalsDir = path.join(libraryDir, 'originals');
  const incomingDir = path.join(libraryDir, 'incoming');

  // Without the source's ending: the same bytes under another one are the same file.
  const pathOf = ({ sha256 }: { sha256: string }) => path.join(originalsDir, sha256.slice(0, 2), sha256);

  /** One pass over the source: hashed, and written where a copy is wanted. */
  async function bringIn(file: string, incoming: string): Promise<Result<string>> {
    const hash = createHash('sha256');
    let copy: FileHandle | undefined;
    try {
      const source = createReadStream(file, { highWaterMark: 1024 * 1024 });
      const chunks = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
      for (;;) {
        const next = await chunks.next().catch((error: unknown) => fail('photo.unreadable', messageOf(error)));
        if ('ok' in next) return next;
        if (next.done === true) break;
        hash.update(next.value);
        if (keep === 'link') continue;
        copy ??= await open(incoming, 'wx');
        await copy.writeFile(next.value);
      }
      await copy?.sync();
    } catch (error) {
      return libraryFault(error);
    } finally {
      await copy?.close();
    }
    return ok(hash.digest('hex'));
  }

  async function settle(file: string, incoming: string, original: Original): Promise<Result<Original>> {
    const target = pathOf(original);
    const folder = path.dirname(target);
    try {
      const isNewFolder = (await mkdir(folder, { recursive: true })) !== undefined;
      if (keep === 'link') await linkOrCopy(file, target);
      else await rename(incoming, target);
      await syncFolder(folder);
      if (isNewFolder) await syncFolder(originalsDir);
      return ok(original);
    } catch (error) {
      return libraryFault(error);
    }
  }

  return {
    prepare: async () => {
      try {
        await rm(incomingDir, { recursive: true, force: true });
        await mkdir(incomingDir, { recursive: true });
        await mkdir(originalsDir, { recursive: true });
        return ok(undefined);
      } catch (error) {
        return libraryFault(error);
      }
    },

    pathOf,

    has: (original) =>
      access(pathOf(original)).then(
        () => true,
        () => false,
      ),

    keep: async (file, found) => {
      const incoming = path.join(incomingDir, randomUUID());
      try {
        const sha256 = await bringIn(file, incoming);
        if (!sha256.ok) return sha256;
        const after = await stat(file).catch(() => undefined);
        if (after?.size !== found.size || after.mtimeMs !== found.mtimeMs) {
          return fail('photo.changed-while-read');
        }
        const extension = path.extname(file).toLowerCase();
        return await settle(file, incoming, { sha256: sha256.value, extension, sizeBytes: found.size });
      } finally {
        await rm(incoming, { force: true });
      }
    },
  };
}

async function linkOrCopy(file: string, target: string): Promise<void> {
  try {
    await link(file, target);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return;
    // Another disk, or a file system without links.
    if (code === 'EXDEV' || code === 'EPERM' || code === 'ENOTSUP' || code === 'EMLINK') await copyFile(file, target);
    else throw error;
  }
}

/** A name is on disk for good only once its folder is; Windows has no way to say so and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function libraryFault(error: unknown): Result<never> {
  const fault = libraryFaultOf(error);
  if (fault === undefined) throw error;
  return fail(fault.code, fault.detail);
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
