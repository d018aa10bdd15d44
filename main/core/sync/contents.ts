import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type Result } from '../../../preload/index.ts';
import type { VisitFacts } from '../guests/index.ts';
import { originalPathOf, type Derivatives } from '../library/index.ts';
import type { OutboxRow, Store } from '../store/index.ts';
import { keyOf, placeOf } from './keys.ts';
import { readPage } from './pages.ts';
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

/** What is known of guests, as it is to lie in the cloud. */
export interface GuestContents {
  /** What a service is told of a guest; undefined for a visit that there is not, or that nobody can read any more. */
  factsOf(visitId: string): VisitFacts | undefined;
  /** What was found for a guest, as JSON; likewise. */
  resultOf(visitId: string): object | undefined;
  /** A gallery's contents, sealed for the object that they are; likewise. */
  contentsOf(contentsId: string): object | undefined;
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

// A photo is never another under the same name.
const forGood = 'max-age=31536000, immutable';

/** @param deps.pagesDir of the built pages that open galleries */
export function createContents(deps: {
  libraryDir: string;
  derivatives: Derivatives;
  store: Pick<Store, 'keptVisits' | 'visits'>;
  guests: GuestContents;
  pagesDir: string;
}): Contents {
  const { libraryDir, derivatives, store, guests, pagesDir } = deps;

  async function original(row: OutboxRow): Promise<Result<Content>> {
    const file = originalPathOf(libraryDir, { eventUid: row.eventUid, sha256: row.subject });
    const sizeBytes = await sizeOf(file);
    if (sizeBytes === undefined) return fail('cloud.content-missing', file);
    const contentType = contentTypeOf(row.extension);
    const { subject: sha256 } = row;
    return ok({
      object: { key: keyOf(row), content: { file }, sha256, contentType, keeps: 'once', cacheControl: forGood },
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
      object: {
        ...{ key: keyOf(row), content: { file }, sha256, contentType: 'image/jpeg' },
        ...{ keeps: 'latest', cacheControl: forGood },
      },
      sizeBytes,
    });
  }

  async function page(row: OutboxRow): Promise<Result<Content>> {
    const read = await readPage(pagesDir, row.subject).catch(() => undefined);
    if (read === undefined) return fail('cloud.content-missing', row.subject);
    return ok({ object: { key: keyOf(row), ...read, keeps: 'latest' }, sizeBytes: read.content.bytes.length });
  }

  function ofBytes(row: OutboxRow, bytes: Buffer | undefined): Result<Content> {
    if (bytes === undefined) return fail('cloud.content-missing', row.subject);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return ok({
      object: {
        ...{ key: keyOf(row), content: { bytes }, sha256, contentType: 'application/json' },
        ...{ keeps: 'latest', cacheControl: 'no-cache' },
      },
      sizeBytes: bytes.length,
    });
  }

  const ofJson = (row: OutboxRow, known: object | undefined): Result<Content> =>
    ofBytes(row, known && Buffer.from(JSON.stringify(known)));

  function erasureOf({ eventUid, subject }: OutboxRow): object | undefined {
    const erasure = store.visits.erasureOf(subject);
    return erasure && { version: 1, event: eventUid, visit: subject, at: erasure.at, actor: erasure.actor };
  }

  return {
    contentOf: async (row) => {
      switch (row.kind) {
        case 'photo':
          return original(row);
        case 'thumbnail':
        case 'screen':
          return derivative(row, row.kind);
        case 'page':
          return page(row);
        case 'result':
          return ofJson(row, guests.resultOf(row.subject));
        case 'erasure':
          return ofJson(row, erasureOf(row));
        case 'gallery':
          return ofJson(row, guests.contentsOf(placeOf(row).id));
        case 'door':
          return ofBytes(row, store.keptVisits.doorOf(placeOf(row).id));
        case 'guest':
        case 'selfie':
        case 'mail':
          throw new Error(`${row.kind} is nothing that lies in a bucket`);
      }
    },
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
