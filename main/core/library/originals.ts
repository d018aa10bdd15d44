import { createHash, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { access, copyFile, link, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { libraryFaultOf, type Store } from '../store/index.ts';
import { moveToEvents } from './moveToEvents.ts';
import { originalPathOf, originalsDirOf } from './originalPaths.ts';

/** `copy`: the library's own, as an event needs it. `link`: another name for the same file, for a library that lives shorter than the folder. */
export type KeepOriginals = 'copy' | 'link';

export interface Original {
  sha256: string;
  /** With its dot, lower case. */
  extension: string;
  sizeBytes: number;
}

// One for the whole of a file: a new one for each part would have the runtime collect garbage at each photo.
const chunkBytes = 1024 * 1024;

/** A photo's file is the event's own. */
interface Kept {
  eventId: number;
  sha256: string;
}

/**
 * The files themselves, in a folder for each event, each named by the SHA-256 of its bytes: the same bytes are kept once, and nothing is ever
 * overwritten. Whoever has the folder and no database knows still which photos are whose.
 */
export interface Originals {
  /** Makes the folders, and removes what a run that was cut off left half-copied. */
  prepare(): Promise<Result<void>>;
  pathOf(original: Kept): string;
  has(original: Kept): Promise<boolean>;
  /** Takes a file in whose size and time were those of `found`. */
  keep(eventId: number, file: string, found: Stats): Promise<Result<Original>>;
}

export function createOriginals(deps: { libraryDir: string; store: Store; keep: KeepOriginals }): Originals {
  const { libraryDir, store, keep } = deps;
  const originalsDir = originalsDirOf(libraryDir);
  const incomingDir = path.join(libraryDir, 'incoming');

  const pathOf = ({ eventId, sha256 }: Kept) => {
    const event = store.events.get(eventId);
    if (event === undefined) throw new Error(`there is no event ${String(eventId)}`);
    return originalPathOf(libraryDir, { eventUid: event.uid, sha256 });
  };

  /** One pass over the source: hashed, and written where a copy is wanted. */
  async function bringIn(file: string, incoming: string): Promise<Result<string>> {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(chunkBytes);
    let source: FileHandle | undefined;
    let copy: FileHandle | undefined;
    try {
      for (;;) {
        let bytesRead: number;
        try {
          source ??= await open(file);
          ({ bytesRead } = await source.read(chunk, 0, chunkBytes, null));
        } catch (error) {
          return fail('photo.unreadable', messageOf(error));
        }
        if (bytesRead === 0) break;
        const read = chunk.subarray(0, bytesRead);
        hash.update(read);
        if (keep === 'link') continue;
        copy ??= await open(incoming, 'wx');
        await copy.writeFile(read);
      }
      await copy?.sync();
    } catch (error) {
      return libraryFault(error);
    } finally {
      await source?.close();
      await copy?.close();
    }
    return ok(hash.digest('hex'));
  }

  async function settle(
    eventId: number,
    file: string,
    incoming: string,
    original: Original,
  ): Promise<Result<Original>> {
    const target = pathOf({ eventId, sha256: original.sha256 });
    const folder = path.dirname(target);
    try {
      const isNewFolder = (await mkdir(folder, { recursive: true })) !== undefined;
      if (keep === 'link') await linkOrCopy(file, target);
      else await rename(incoming, target);
      await syncFolder(folder);
      // Its name, and where it is the event's first, the event folder's.
      if (isNewFolder) for (const dir of [path.dirname(folder), originalsDir]) await syncFolder(dir);
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
        await moveToEvents(libraryDir, store);
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

    keep: async (eventId, file, found) => {
      const incoming = path.join(incomingDir, randomUUID());
      try {
        const sha256 = await bringIn(file, incoming);
        if (!sha256.ok) return sha256;
        const after = await stat(file).catch(() => undefined);
        if (after?.size !== found.size || after.mtimeMs !== found.mtimeMs) {
          return fail('photo.changed-while-read');
        }
        const extension = path.extname(file).toLowerCase();
        return await settle(eventId, file, incoming, { sha256: sha256.value, extension, sizeBytes: found.size });
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
