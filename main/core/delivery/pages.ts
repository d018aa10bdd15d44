import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A file of the built phone pages. */
export interface PageFile {
  bytes: Buffer;
  type: string;
  etag: string;
}

/** The phone pages, a few small files that are held in memory: what is not among them is not there, whatever its path says. */
export interface Pages {
  /** What every page begins with; undefined where the pages have not been built. */
  index: PageFile | undefined;
  /** By the path from the server's root on. */
  asset(path: string): PageFile | undefined;
}

const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
  ['.webmanifest', 'application/manifest+json'],
]);

// As the build lays them out; an archive's folders cannot be read with all that is in them at once.
const folders = ['', 'assets'];

/** @param dir of the built pages */
export async function loadPages(dir: string): Promise<Pages> {
  const files = new Map<string, PageFile>();
  for (const folder of folders) {
    // They may not have been built.
    const names = await readdir(path.join(dir, folder)).catch((): string[] => []);
    for (const name of names) {
      const type = types.get(path.extname(name));
      if (type === undefined) continue;
      const bytes = await readFile(path.join(dir, folder, name));
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      files.set(path.posix.join('/', folder, name), { bytes, type, etag });
    }
  }
  return { index: files.get('/index.html'), asset: (name) => files.get(name) };
}

/** Where they lie, as seen from the folder of built entries. */
export const pagesDirOf = (entriesDir: string): string => path.resolve(entriesDir, '../phone');
