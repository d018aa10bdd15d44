import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { galleryDaysPath, galleryDaysSchema } from '../../../preload/index.ts';
import { createContents, keyOf } from '../../../main/core/sync/index.ts';
import type { OutboxKind, OutboxRow } from '../../../main/core/store/index.ts';
import { pagesIn } from '../../../main/core/sync/pages.ts';
import type { S3Server } from '../../fixtures/s3/index.ts';
import type { Named } from './hands.ts';
import { openLibrary } from './openLibrary.ts';

/** How a bucket compares with the library that it is of; keys, but for the first and the last. */
export interface SyncAccount {
  /** That are to lie there. */
  objects: number;
  missing: string[];
  /** That are not what they are to be. */
  wrong: string[];
  /** That nothing in the library tells of. */
  extra: string[];
  /** That are called after a guest who was erased, or have the name of one in them. */
  erasedButPresent: string[];
  /** Rows of the outbox, and uploads in parts that the library knows of. */
  outbox: number;
}

type Wanted = Pick<OutboxRow, 'kind' | 'eventUid' | 'subject' | 'extension'>;

/** What the tables say that has to lie there. Written without what the outbox is written with. */
const wanted: readonly (readonly [OutboxKind, string])[] = [
  ...(['photo', 'thumbnail', 'screen'] as const).map(
    (kind) =>
      [
        kind,
        'SELECT uid, sha256 AS subject, extension FROM shown_photos AS t JOIN events ON events.id = t.event_id',
      ] as const,
  ),
  [
    'result',
    "SELECT uid, t.id AS subject, '' AS extension FROM visits AS t JOIN events ON events.id = t.event_id WHERE key_erased_at IS NULL",
  ],
  [
    'erasure',
    "SELECT uid, visit_id AS subject, '' AS extension FROM erasures AS t JOIN events ON events.id = t.event_id",
  ],
  [
    'gallery',
    `SELECT uid, days || 'd/' || contents_id AS subject, '' AS extension FROM cloud_galleries AS t JOIN events ON events.id = t.event_id
     WHERE key_erased_at IS NULL`,
  ],
  [
    'door',
    `SELECT uid, door_days || 'd/' || door_id AS subject, '' AS extension FROM kept_visits AS t JOIN events ON events.id = t.event_id
     WHERE door_id IS NOT NULL AND key_erased_at IS NULL`,
  ],
];

/**
 * Compares a bucket with the library of a booth that has stopped.
 *
 * @param named what the booth has called things of guests
 */
export async function syncAccount(deps: {
  libraryDir: string;
  pagesDir: string;
  prefix: string;
  s3: Pick<S3Server, 'objects' | 'bytesOf'>;
  named: readonly Named[];
}): Promise<SyncAccount> {
  const { libraryDir, pagesDir, prefix, s3, named } = deps;
  const tables = readTables(libraryDir);
  const pages = (await pagesIn(pagesDir)).map((page): Wanted => ({
    ...{ kind: 'page', eventUid: '', subject: page.path, extension: '' },
  }));
  const objects = await s3.objects();
  const account: SyncAccount = {
    ...{ objects: 0, missing: [], wrong: [], extra: [], erasedButPresent: [], outbox: tables.toDo },
  };
  const known = new Set<string>();

  const ground = await openLibrary(libraryDir);
  try {
    const contents = createContents({ ...ground, pagesDir });
    for (const row of [...tables.wanted, ...pages]) {
      const key = prefix + keyOf(row);
      known.add(key);
      const lying = objects.get(key);
      const content = await contents.contentOf(rowOf(row));
      if (!content.ok) throw new Error(`${key}: ${content.fault.code}`);
      const { object, sizeBytes } = content.value;
      if (lying === undefined) account.missing.push(key);
      else if (
        lying.sha256 !== object.sha256 ||
        lying.sizeBytes !== sizeBytes ||
        lying.headers['x-amz-meta-sha256'] !== object.sha256
      ) {
        account.wrong.push(key);
      }
    }
  } finally {
    ground.store.close();
  }

  const daysKey = prefix + galleryDaysPath;
  if (tables.doorDays.length > 0 || objects.has(daysKey)) {
    known.add(daysKey);
    if (!objects.has(daysKey)) account.missing.push(daysKey);
    else {
      // Days of doors that have gone since may stand there, too: nobody is sent to the wrong place by them.
      const told = galleryDaysSchema.parse(JSON.parse((await s3.bytesOf(daysKey)).toString()));
      if (!tables.doorDays.every((days) => told.includes(days))) account.wrong.push(daysKey);
    }
  }

  account.objects = known.size;
  const erased = namesOfErased(tables, named);
  for (const [key, { sizeBytes }] of objects) {
    if (!known.has(key)) account.extra.push(key);
    // Photos and their pictures are larger, and have no names in them.
    const text = key + (sizeBytes < largestJsonBytes ? (await s3.bytesOf(key)).toString('latin1') : '');
    const isTombstone = key.includes('/erasures/');
    if (erased.some(({ name, isVisit }) => text.includes(name) && !(isTombstone && isVisit))) {
      account.erasedButPresent.push(key);
    }
  }
  return account;
}

const largestJsonBytes = 1_000_000;

const rowOf = (row: Wanted): OutboxRow => ({
  ...row,
  ...{ id: 0, does: 'put', sizeBytes: 0, change: 0, tries: 0, nextAt: '', fault: undefined },
});

interface Tables {
  wanted: Wanted[];
  doorDays: number[];
  visits: Set<string>;
  erased: string[];
  toDo: number;
}

const wantedSchema = z.object({ uid: z.string(), subject: z.string(), extension: z.string() });
const idsSchema = z.array(z.object({ id: z.string() }));

function readTables(libraryDir: string): Tables {
  const database = new Database(path.join(libraryDir, 'library.db'), { readonly: true });
  const all = (sql: string): unknown[] => database.prepare(sql).all();
  const countOf = (table: string): number =>
    z.object({ count: z.number() }).parse(all(`SELECT count(*) AS count FROM ${table}`).at(0)).count;
  try {
    return {
      wanted: wanted.flatMap(([kind, sql]) =>
        z
          .array(wantedSchema)
          .parse(all(sql))
          .map(({ uid: eventUid, ...row }): Wanted => ({ kind, eventUid, ...row })),
      ),
      doorDays: z
        .array(z.object({ days: z.number() }))
        .parse(
          all(
            `SELECT DISTINCT door_days AS days FROM kept_visits JOIN events ON events.id = event_id
             WHERE door_id IS NOT NULL AND key_erased_at IS NULL`,
          ),
        )
        .map(({ days }) => days),
      visits: new Set(idsSchema.parse(all('SELECT id FROM visits')).map(({ id }) => id)),
      erased: idsSchema.parse(all('SELECT visit_id AS id FROM erasures')).map(({ id }) => id),
      toDo: countOf('outbox') + countOf('multiparts'),
    };
  } finally {
    database.close();
  }
}

/** Of guests who were erased, and of those whose whole event has gone. */
function namesOfErased({ visits, erased }: Tables, named: readonly Named[]): { name: string; isVisit: boolean }[] {
  const gone = named.filter(({ visitId }) => !visits.has(visitId));
  const ids = new Set([...erased, ...gone.map(({ visitId }) => visitId)]);
  return [
    ...[...ids].map((name) => ({ name, isVisit: true })),
    ...gone.flatMap(({ contentsId, doorId }) => [contentsId, doorId]).map((name) => ({ name, isVisit: false })),
  ];
}
