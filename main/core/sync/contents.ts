import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type Result } from '../../../preload/index.ts';
import { originalPathOf, type Derivatives } from '../library/index.ts';
import type { OutboxRow } from '../store/index.ts';
import { keyOf } from './keys.ts';
import type { StoredObject } from './storage.ts';

/** An object as it is to lie in the cloud, and how large it is. */
export interface Content {
  object: StoredObject;
  sizeBytes: number;
}

/** Finds what a row of the outbox tells of. */
export interface Contents {
  /** @returns cloud.content-missing for what is not there, and cannot be made anew */
  contentOf(row: OutboxRow): Promise<Result<Content>>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.heic': 'image/heic',
  '.heif': 'image/heif',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.gif': 'image/gif',
};
const jpegEndings = new Set(['', '.jpg', '.jpeg', '.jpe']);

const contentTypeOf = (extension: string): string =>
  jpegEndings.has(extension) ? 'image/jpeg' : (contentTypes[extension] ?? 'application/octet-stream');

export function createContents({
  libraryDir,
  derivatives,
}: {
  libraryDir: string;
  derivatives: Derivatives;
}): Contents {
  async function original(row: OutboxRow): Promise<Result<Content>> {
    const file = originalPathOf(libraryDir, { eventUid: row.eventUid, sha256: row.subject });
    const sizeBytes = await sizeOf(file);
    if (sizeBytes === undefined) return fail('cloud.content-missing', file);
    const contentType = contentTypeOf(row.extension);
    return ok({
      object: { key: keyOf(row), content: { file }, sha256: row.subject, contentType, keeps: 'once' },
      sizeBytes,
    });
  }

  /** A cache that may be gone, and is made anew: not to the last bit the same, after an update. */
  async function derivative(row: OutboxRow, size: 'thumbnail' | 'screen'): Promise<Result<Content>> {
    const file = derivatives.filesOf(row.subject)[size];
    if ((await sizeOf(file)) === undefined) await derivatives.make(row.subject, 'ingest');
    const sizeBytes = await sizeOf(file);
    const sha256 = sizeBytes === undefined ? undefined : await sha256Of(file);
    if (sizeBytes === undefined || sha256 === undefined) return fail('cloud.content-missing', file);
    return ok({
      object: { key: keyOf(row), content: { file }, sha256, contentType: 'image/jpeg', keeps: 'latest' },
      sizeBytes,
    });
  }

  return {
    contentOf: (row) => (row.kind === 'photo' ? original(row) : derivative(row, row.kind)),
  };
}

const sizeOf = async (file: string): Promise<number | undefined> => (await stat(file).catch(() => undefined))?.size;

async function sha256Of(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
