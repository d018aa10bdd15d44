import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type FaultCode, type Result } from '../../../preload/index.ts';
import { isForeign, isPhotoName } from './photoFiles.ts';

/** What lies in a folder and cannot be looked at. */
export interface Unreadable {
  path: string;
  code: FaultCode;
}

/**
 * Lists the photos of a folder and of the folders in it; links are not followed.
 *
 * @param except a folder that is passed over: the library's own may lie inside
 * @returns absolute paths in a stable order, or folder.missing / folder.unreadable for the folder itself; a folder inside it that cannot
 *   be read, and what has a name that is no text, is reported in `unreadable` and passed over
 */
export async function listFolder(
  dir: string,
  except: string,
): Promise<Result<{ files: string[]; unreadable: Unreadable[] }>> {
  const files: string[] = [];
  const unreadable: Unreadable[] = [];
  const waiting = [path.resolve(dir)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await entriesOf(folder);
    if (!entries.ok) {
      if (folder === path.resolve(dir)) return entries;
      unreadable.push({ path: folder, code: 'folder.unreadable' });
      continue;
    }
    for (const entry of entries.value) {
      const name = entry.name.toString();
      if (isForeign(name)) continue;
      const entryPath = path.join(folder, name);
      const isFolder = entry.isDirectory() && entryPath !== path.resolve(except);
      const isPhoto = entry.isFile() && isPhotoName(name);
      if (!isFolder && !isPhoto) continue;
      // Written by a program with letters of its own (Latin-1, say): no path leads to it.
      if (!Buffer.from(name).equals(entry.name)) unreadable.push({ path: entryPath, code: 'folder.name-unreadable' });
      else if (isFolder) waiting.push(entryPath);
      else files.push(entryPath);
    }
  }
  return ok({ files: files.sort(), unreadable: unreadable.sort((a, b) => (a.path < b.path ? -1 : 1)) });
}

async function entriesOf(folder: string): Promise<Result<Dirent<Buffer>[]>> {
  try {
    return ok(await readdir(folder, { withFileTypes: true, encoding: 'buffer' }));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code));
    return fail(isMissing ? 'folder.missing' : 'folder.unreadable', folder);
  }
}
