import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Store } from '../store/index.ts';
import { originalsDirOf } from './originalPaths.ts';

/** A file of the library that the database knows nothing of. */
export interface UnknownOriginal {
  sha256: string;
  path: string;
  sizeBytes: number;
  modifiedMs: number;
}

const hashName = /^[0-9a-f]{64}$/;

/**
 * The event's files that its database does not have, as after a backup has taken its place. Files whose bytes are not what their name says are
 * passed over.
 */
export async function* unknownOriginals(
  libraryDir: string,
  store: Store,
  eventId: number,
): AsyncGenerator<UnknownOriginal> {
  const uid = store.events.get(eventId)?.uid;
  if (uid === undefined) return;
  const dir = path.join(originalsDirOf(libraryDir), uid);
  const known = store.photos.hashes(eventId);
  const files = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of files) {
    const { name: sha256 } = entry;
    if (!entry.isFile() || !hashName.test(sha256) || known.has(sha256)) continue;
    const file = path.join(entry.parentPath, sha256);
    if ((await sha256Of(file)) !== sha256) continue;
    const { size, mtimeMs } = await stat(file);
    yield { sha256, path: file, sizeBytes: size, modifiedMs: mtimeMs };
  }
}

/** Folders of originals whose events the database does not know. */
export function orphanedEventFolders(libraryDir: string, store: Store): { uid: string; files: number }[] {
  const known = new Set(store.events.list().map(({ uid }) => uid));
  const dir = originalsDirOf(libraryDir);
  return foldersIn(dir)
    .filter((name) => /^[0-9a-f]{32}$/.test(name) && !known.has(name))
    .map((uid) => ({
      uid,
      files: readdirSync(path.join(dir, uid), { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      ).length,
    }));
}

function foldersIn(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

async function sha256Of(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
