import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PageFile } from '../store/index.ts';

/** Where the build has put the pages that open galleries. @param entryDir of the built program */
export const galleryPagesDirOf = (entryDir: string): string => path.join(entryDir, '..', 'gallery');

/** All of them, as they are to lie in the bucket. @throws where they have not been built */
export async function pagesIn(dir: string): Promise<PageFile[]> {
  // One folder after the other: an archive's cannot be read with all that is in them at once.
  const entries = await readdir(dir, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<PageFile[]> => {
      const file = path.join(dir, entry.name);
      if (entry.isDirectory()) {
        const inside = await pagesIn(file);
        return inside.map((page) => ({ ...page, path: `${entry.name}/${page.path}` }));
      }
      const bytes = await readFile(file);
      return [{ path: entry.name, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length }];
    }),
  );
  return found.flat();
}
