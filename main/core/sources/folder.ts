import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { isForeign, isPhotoName } from './photoFiles.ts';

/**
 * Lists the photos of a folder and of the folders in it; links are not followed.
 *
 * @param except a folder that is passed over: the library's own may lie inside
 * @returns absolute paths in a stable order, or folder.missing / folder.unreadable for the folder itself; a folder inside it that cannot
 *   be read is reported in `unreadable` and passed over
 */
export async function listFolder(
  dir: string,
  except: string,
): Promise<Result<{ files: string[]; unreadable: string[] }>> {
  const files: string[] = [];
  const unreadable: string[] = [];
  const waiting = [path.resolve(dir)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const entries = await entriesOf(folder);
    if (!entries.ok) {
      if (folder === path.resolve(dir)) return entries;
      unreadable.push(folder);
      continue;
    }
    for (const entry of entries.value) {
      if (isForeign(entry.name)) continue;
      const entryPath = path.join(folder, entry.name);
      if (entry.isDirectory() && entryPath !== path.resolve(except)) waiting.push(entryPath);
      else if (entry.isFile() && isPhotoName(entry.name)) files.push(entryPath);
    }
  }
  return ok({ files: files.sort(), unreadable: unreadable.sort() });
}

async function entriesOf(folder: string): Promise<Result<Dirent[]>> {
  try {
    return ok(await readdir(folder, { withFileTypes: true }));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code));
    return fail(isMissing ? 'folder.missing' : 'folder.unreadable', folder);
  }
}
