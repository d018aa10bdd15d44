import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PageFile } from '../store/index.ts';
import type { StoredObject } from './storage.ts';

// The pages that open galleries, as they are to lie in the bucket. A bucket packs nothing by itself: what a phone has to unpack lies there packed.

const compress = promisify(gzip);

interface Look {
  contentType: string;
  isPacked: boolean;
}

const looks: Readonly<Record<string, Look>> = {
  '.html': { contentType: 'text/html; charset=utf-8', isPacked: true },
  '.js': { contentType: 'text/javascript; charset=utf-8', isPacked: true },
  '.css': { contentType: 'text/css; charset=utf-8', isPacked: true },
  '.svg': { contentType: 'image/svg+xml', isPacked: true },
  '.png': { contentType: 'image/png', isPacked: false },
  '.woff2': { contentType: 'font/woff2', isPacked: false },
};
const unknown: Look = { contentType: 'application/octet-stream', isPacked: false };

/** Where the build has put them. @param entryDir of the built program */
export const galleryPagesDirOf = (entryDir: string): string => path.join(entryDir, '..', 'gallery');

export interface Page extends Omit<StoredObject, 'key' | 'keeps'> {
  content: { bytes: Buffer };
}

/** A file of them, by its path in their folder. @throws where it is not there */
export async function readPage(dir: string, name: string): Promise<Page> {
  const ending = path.extname(name);
  const { contentType, isPacked } = looks[ending] ?? unknown;
  const plain = await readFile(path.join(dir, ...name.split('/')));
  const bytes = isPacked ? await compress(plain, { level: 9 }) : plain;
  return {
    ...{ content: { bytes }, sha256: createHash('sha256').update(bytes).digest('hex'), contentType },
    ...(isPacked ? { contentEncoding: 'gzip' } : {}),
    // All but the first are named by what is in them.
    cacheControl: ending === '.html' ? 'no-cache' : 'max-age=31536000, immutable',
  };
}

/** All of them. @throws where they have not been built */
export async function pagesIn(dir: string): Promise<PageFile[]> {
  const names = await namesIn(dir);
  return Promise.all(
    names.map(async (name) => {
      const { content, sha256 } = await readPage(dir, name);
      return { path: name, sha256, sizeBytes: content.bytes.length };
    }),
  );
}

/** One folder after the other: an archive's cannot be read with all that is in them at once. */
async function namesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (!entry.isDirectory()) return [entry.name];
      const inside = await namesIn(path.join(dir, entry.name));
      return inside.map((name) => `${entry.name}/${name}`);
    }),
  );
  return found.flat();
}
