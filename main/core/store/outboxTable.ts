import type Database from 'better-sqlite3';
import type { Fault, Result, SyncLane } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';
import {
  kindsOf,
  now,
  outboxColumns,
  outboxKinds,
  outboxKindSchema,
  outboxRowOf,
  prioritiesOf,
  type OutboxKind,
  type OutboxRow,
  type RawOutboxRow,
} from './outboxRow.ts';
import { outboxTriggers, putMissing, removeOrphaned, renewAll } from './outboxTriggers.ts';

/** A file of the pages that open galleries in the cloud. */
export interface PageFile {
  /** In their folder, with slashes. */
  path: string;
  sha256: string;
  sizeBytes: number;
}

export interface OutboxCount {
  kind: OutboxKind;
  count: number;
}

/** So many objects, and how large they are, about. */
export interface OutboxSum {
  kind: OutboxKind;
  count: number;
  bytes: number;
}

interface RawCount {
  kind: string;
  count: number;
}

interface RawSum extends Omit<OutboxSum, 'kind'> {
  kind: string;
}

/** The page names all others: it is brought once they are there, and those of before go when nobody is sent to them any more. */
const firstPage = 'index.html';

/** No row rests for longer: one that seems to does so because the clock was put back, and is due. */
export const longestRestMs = 3_600_000;

/** What is still to be done in the cloud. See [Note: Outbox]. */
export function createOutboxTable(database: Database.Database, guard: Guard) {
  // Not before those of its thread that come first.
  const hasItsTurn = `(thread = '' OR NOT EXISTS
    (SELECT 1 FROM outbox AS earlier WHERE earlier.thread = outbox.thread AND earlier.priority < outbox.priority))`;
  // A seek each: what rests is not looked through.
  const due = database.prepare<[number, string, number], RawOutboxRow>(
    `SELECT ${outboxColumns} FROM outbox WHERE state = 'waiting' AND priority = ? AND next_at <= ? AND ${hasItsTurn} ORDER BY next_at, id LIMIT ?`,
  );
  const farOff = database.prepare<[number, string, number], RawOutboxRow>(
    `SELECT ${outboxColumns} FROM outbox WHERE state = 'waiting' AND priority = ? AND next_at > ? AND ${hasItsTurn} ORDER BY next_at, id LIMIT ?`,
  );
  const claim = database.prepare<[string, number]>(
    "UPDATE outbox SET state = 'claimed', claimed_at = ? WHERE id = ? AND state = 'waiting'",
  );
  const removeDone = database.prepare<[number, number]>('DELETE FROM outbox WHERE id = ? AND change = ?');
  const upsertSynced = database.prepare<[string, string, string, string, string, number]>(
    `INSERT INTO synced (event_uid, kind, subject, extension, sha256, size_bytes) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (event_uid, subject, kind) DO UPDATE SET extension = excluded.extension, sha256 = excluded.sha256,
       size_bytes = excluded.size_bytes`,
  );
  const release = database.prepare<[number]>(
    "UPDATE outbox SET state = 'waiting', claimed_at = NULL WHERE id = ? AND state = 'claimed'",
  );
  const rest = database.prepare<[string, string, string | null, number, number]>(
    'UPDATE outbox SET tries = tries + 1, next_at = ?, fault_code = ?, fault_detail = ? WHERE id = ? AND change = ?',
  );
  const claimed = database.prepare<[string], { id: number }>(
    `SELECT id FROM outbox WHERE state = 'claimed' AND kind IN (SELECT value FROM json_each(?))`,
  );
  const hurry = database.prepare<[string, string]>(
    "UPDATE outbox SET next_at = ? WHERE state = 'waiting' AND next_at > ?",
  );
  const waitingSums = database.prepare<[], RawSum>(
    `SELECT kind, count(*) AS count, sum(size_bytes) AS bytes FROM outbox WHERE does = 'put' GROUP BY kind`,
  );
  const removals = database.prepare<[], RawCount>(
    "SELECT kind, count(*) AS count FROM outbox WHERE does = 'remove' GROUP BY kind",
  );
  const syncedSums = database.prepare<[], RawSum>(
    'SELECT kind, count(*) AS count, sum(size_bytes) AS bytes FROM synced GROUP BY kind',
  );
  const troubled = database.prepare<[number], RawOutboxRow>(
    `SELECT ${outboxColumns} FROM outbox WHERE fault_code IS NOT NULL ORDER BY tries DESC, id LIMIT ?`,
  );
  const troubledByKind = database.prepare<[], RawCount>(
    'SELECT kind, count(*) AS count FROM outbox WHERE fault_code IS NOT NULL GROUP BY kind',
  );
  const has = database.prepare<[], { id: number }>('SELECT id FROM outbox LIMIT 1');
  const syncedPage = database.prepare<[string], { sha256: string }>(
    "SELECT sha256 FROM synced WHERE kind = 'page' AND subject = ?",
  );
  const upsertPage = database.prepare<[string, number, number]>(
    `INSERT INTO outbox (event_uid, kind, subject, extension, does, priority, size_bytes, next_at, added_at, thread)
     VALUES ('', 'page', ?, '', 'put', ?, ?, ${now}, ${now}, 'pages')
     ON CONFLICT (event_uid, subject, kind) DO UPDATE SET does = 'put', change = change + 1, size_bytes = excluded.size_bytes,
       priority = excluded.priority, thread = excluded.thread`,
  );
  const forgetPage = database.prepare<[string]>("DELETE FROM synced WHERE kind = 'page' AND subject = ?");
  const otherPages = database.prepare<[string], { subject: string }>(
    `SELECT subject FROM (SELECT kind, subject FROM synced UNION SELECT kind, subject FROM outbox WHERE does = 'put')
     WHERE kind = 'page' AND subject NOT IN (SELECT value FROM json_each(?))`,
  );
  const removePage = database.prepare<[string, number]>(
    `INSERT INTO outbox (event_uid, kind, subject, extension, does, priority, size_bytes, next_at, added_at, thread)
     VALUES ('', 'page', ?, '', 'remove', ?, 0, ${now}, ${now}, 'pages')
     ON CONFLICT (event_uid, subject, kind) DO UPDATE SET does = 'remove', change = change + 1,
       priority = excluded.priority, thread = excluded.thread`,
  );

  const setPages = database.transaction((pages: readonly PageFile[]): void => {
    for (const { path, sha256, sizeBytes } of pages) {
      if (syncedPage.get(path)?.sha256 === sha256) continue;
      forgetPage.run(path);
      upsertPage.run(path, path === firstPage ? outboxKinds.door.priority : outboxKinds.page.priority, sizeBytes);
    }
    for (const { subject } of otherPages.all(JSON.stringify(pages.map(({ path }) => path)))) {
      forgetPage.run(subject);
      removePage.run(subject, outboxKinds.thumbnail.priority);
    }
  });

  const claimNext = database.transaction((lane: SyncLane, most: number, at: Date): OutboxRow[] => {
    const nowIso = at.toISOString();
    const farIso = new Date(at.getTime() + longestRestMs).toISOString();
    const found: RawOutboxRow[] = [];
    for (const priority of prioritiesOf(lane)) {
      for (const [select, from] of [[due, nowIso] as const, [farOff, farIso] as const]) {
        if (found.length < most) found.push(...select.all(priority, from, most - found.length));
      }
    }
    for (const { id } of found) claim.run(nowIso, id);
    return found.map(outboxRowOf);
  });

  const confirm = database.transaction((row: OutboxRow, content?: { sha256: string; sizeBytes: number }) => {
    if (removeDone.run(row.id, row.change).changes === 0) {
      release.run(row.id);
    } else if (content !== undefined) {
      const { eventUid, kind, subject, extension } = row;
      upsertSynced.run(eventUid, kind, subject, extension, content.sha256, content.sizeBytes);
    }
  });

  const failed = database.transaction((row: OutboxRow, nextAt: Date, { code, detail }: Fault) => {
    rest.run(nextAt.toISOString(), code, detail ?? null, row.id, row.change);
    release.run(row.id);
  });

  // Another spelling of the same place is another place, too: what is to go from there is not forgotten for it.
  const emptyOutbox = database.prepare<[string]>(
    "DELETE FROM outbox WHERE does = 'put' AND kind IN (SELECT value FROM json_each(?))",
  );
  const emptySynced = database.prepare<[string]>('DELETE FROM synced WHERE kind IN (SELECT value FROM json_each(?))');
  const releaseAllBut = database.transaction((lane: SyncLane, ids: ReadonlySet<number>) => {
    for (const { id } of claimed.all(JSON.stringify(kindsOf(lane)))) if (!ids.has(id)) release.run(id);
  });

  const sumsOf = (rows: readonly RawSum[]): OutboxSum[] =>
    rows.map(({ kind, ...sum }) => ({ kind: outboxKindSchema.parse(kind), ...sum }));

  const countOfKind = ({ kind, count }: RawCount): OutboxCount => ({ kind: outboxKindSchema.parse(kind), count });

  return {
    /**
     * From now on what changes is written down here as well, for these lanes; what has changed so far is made good. Within a transaction.
     *
     * @param known.isSure whether what is said to lie in the cloud does
     * @param known.hasLapsed whether there may have been changes since then that were not written down
     */
    begin: (lanes: readonly SyncLane[], { isSure, hasLapsed }: { isSure: boolean; hasLapsed: boolean }): void => {
      database.exec(outboxTriggers(lanes));
      database.exec(removeOrphaned(lanes));
      if (!isSure) database.exec('DELETE FROM synced');
      if (hasLapsed) database.exec(renewAll);
      database.exec(putMissing(lanes));
      for (const lane of lanes) releaseAllBut(lane, new Set());
    },
    /** For another place, in which there is nothing yet. Within a transaction. */
    empty: (lane: SyncLane): void => {
      const kinds = JSON.stringify(kindsOf(lane));
      for (const table of [emptyOutbox, emptySynced]) table.run(kinds);
    },
    /** The pages as they are to lie in the bucket; others go from there. */
    setPages: (pages: readonly PageFile[]): Result<void> => guard(() => setPages(pages)),

    /** Takes what is due in a lane, the most urgent and longest waiting first. What is claimed nobody else gets. */
    claim: (lane: SyncLane, most: number, at = new Date()): Result<OutboxRow[]> =>
      // Nothing is written where there is nothing to do.
      has.get() === undefined ? { ok: true, value: [] } : guard(() => claimNext(lane, most, at)),
    /** It is done, and goes, unless something else is to be done with it by now. @param content that lies there from now on */
    confirm: (row: OutboxRow, content?: { sha256: string; sizeBytes: number }): Result<void> =>
      guard(() => confirm(row, content)),
    /** It came to nothing, and is due again then. */
    fail: (row: OutboxRow, nextAt: Date, fault: Fault): Result<void> => guard(() => failed(row, nextAt, fault)),
    /** It was left undone for no fault of its own. */
    release: (row: OutboxRow): Result<void> => guard(() => void release.run(row.id)),
    /** Claims in a lane of which nobody knows any more, but for these. */
    releaseAllBut: (lane: SyncLane, ids: ReadonlySet<number>): Result<void> => guard(() => releaseAllBut(lane, ids)),
    /** Whatever rests is due now. */
    hurry: (at = new Date()): Result<void> => guard(() => void hurry.run(at.toISOString(), at.toISOString())),

    /** What is to be brought, by kind. */
    waiting: (): OutboxSum[] => sumsOf(waitingSums.all()),
    /** How many objects are to be removed, by kind. */
    removals: (): OutboxCount[] => removals.all().map(countOfKind),
    /** What lies in the cloud, by kind. */
    synced: (): OutboxSum[] => sumsOf(syncedSums.all()),
    /** What has come to nothing so far, the worst first. */
    troubled: (most: number): OutboxRow[] => troubled.all(most).map(outboxRowOf),
    troubledByKind: (): OutboxCount[] => troubledByKind.all().map(countOfKind),
  };
}
