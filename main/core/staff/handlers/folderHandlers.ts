import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fail, ok } from '../../../../preload/index.ts';
import type { HandlersOf } from './handlers.ts';

const pictureEndings = new Set(['.jpg', '.jpeg', '.png', '.webp', '.avif', '.heic', '.heif', '.tif', '.tiff', '.gif']);
// Where systems put cards and drives that are plugged in.
const driveFolders = ['/media', '/mnt', '/run/media', '/Volumes'];
const windowsDrives = Array.from({ length: 24 }, (_, i) => `${String.fromCharCode('C'.charCodeAt(0) + i)}:\\`);

export const folderHandlers = (): HandlersOf<'folders'> => ({
  'folders:list': async ({ dir = os.homedir() }) => {
    const folder = path.resolve(dir);
    let entries;
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && /^(ENOENT|ENOTDIR)$/.test(String(error.code));
      return fail(isMissing ? 'folder.missing' : 'folder.unreadable', folder);
    }
    const shown = entries
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => ({ entry, name: entry.name, path: path.join(folder, entry.name) }))
      .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    const only = (isWanted: (one: (typeof shown)[number]) => boolean) =>
      shown.filter(isWanted).map((one) => ({ name: one.name, path: one.path }));
    const parent = path.dirname(folder);
    return ok({
      dir: folder,
      ...(parent === folder ? {} : { parent }),
      folders: only(({ entry }) => entry.isDirectory()),
      pictures: only(({ entry, name }) => entry.isFile() && pictureEndings.has(path.extname(name).toLowerCase())),
      places: await placesOfMachine(),
    });
  },
});

async function placesOfMachine(): Promise<{ name: string; path: string }[]> {
  const home = os.homedir();
  const drives = process.platform === 'win32' ? await thoseThere(windowsDrives) : await drivesIn(driveFolders);
  return [home, ...drives].map((place) => ({ name: path.basename(place) || place, path: place }));
}

async function thoseThere(dirs: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    dirs.map((dir) =>
      readdir(dir).then(
        () => dir,
        () => undefined,
      ),
    ),
  );
  return found.filter((dir) => dir !== undefined);
}

/** What is mounted in these folders, and one folder further in, where each user has one of their own. */
async function drivesIn(dirs: readonly string[]): Promise<string[]> {
  const inside = async (dir: string) =>
    (await readdir(dir, { withFileTypes: true }).catch(() => []))
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(dir, entry.name));
  const found = await Promise.all(dirs.map(inside));
  const user = os.userInfo().username;
  const own = await Promise.all(
    found
      .flat()
      .filter((dir) => path.basename(dir) === user)
      .map(inside),
  );
  return [...found.flat().filter((dir) => path.basename(dir) !== user), ...own.flat()];
}
