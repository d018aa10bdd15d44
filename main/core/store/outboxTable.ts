import type Database from 'better-sqlite3';
import type { Fault, Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';
import {
  outboxColumns,
  outboxKindSchema,
  outboxPriorities,
  outboxRowOf,
  type OutboxKind,
  type OutboxRow,
  type RawOutboxRow,
} from './outboxRow.ts';
import { outboxTriggers, putMissing, removeOrphaned } from './outboxTriggers.ts';

/** So many objects, and how large they are, about. */
export interface OutboxSum {
  kind: OutboxKind;
  count: number;
  bytes: number;
}

interface RawSum extends Omit<OutboxSum, 'kind'> {
  kind: string;
}

/** No row rests for longer: one that seems to does so because the clock was put back, and is due. */
export const longestRestMs = 3_600_000;

/** What is still to be done in the cloud. See [Note: Outbox]. */
export function createOutboxTable(database: Database.Database, guard: Guard) {
  // A seek each: what rests is not looked through.
  const due = database.prepare<[number, string, number], RawOutboxRow>(
    `SELECT ${outboxColumns} FROM outbox WHERE state = 'waiting' AND priority = ? AND next_at <= ? ORDER BY next_at, id LIMIT ?`,
  );
  const farOff = database.prepare<[number, string, number], RawOutboxRow>(
    `SELECT ${outboxColumns} FROM outbox WHERE state = 'waiting' AND priority = ? AND next_at > ? ORDER BY next_at, id LIMIT ?`,
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
  const claimed = database.prepare<[], { id: number }>("SELECT id FROM outbox WHERE state = 'claimed'");
  const hurry = database.prepare<[string, string]>(
    "UPDATE outbox SET next_at = ? WHERE state = 'waiting' AND next_at > ?",
  );
  const waitingSums = database.prepare<[], RawSum>(
    `SELECT kind, count(*) AS count, sum(size_bytes) AS bytes FROM outbox WHERE does = 'put' GROUP BY kind`,
  );
  const removals = database.prepare<[], { count: number }>(
    "SELECT count(*) AS count FROM outbox WHERE does = 'remove'",
  );
  const syncedSums = database.prepare<[], RawSum>(
    'SELECT kind, count(*) AS count, sum(size_bytes) AS bytes FROM synced GROUP BY kind',
  );
  const troubled = database.prepare<[number], RawOutboxRow>(
    `SELECT ${outboxColumns} FROM outbox WHERE fault_code IS NOT NULL ORDER BY tries DESC, id LIMIT ?`,
  );
  const troubledCount = database.prepare<[], { count: number }>(
    'SELECT count(*) AS count FROM outbox WHERE fault_code IS NOT NULL',
  );
  const has = database.prepare<[], { id: number }>('SELECT id FROM outbox LIMIT 1');

  const claimNext = database.transaction((most: number, now: Date): OutboxRow[] => {
    const nowIso = now.toISOString();
    const farIso = new Date(now.getTime() + longestRestMs).toISOString();
    const found: RawOutboxRow[] = [];
    for (const priority of outboxPriorities) {
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

  const releaseAllBut = database.transaction((ids: ReadonlySet<number>) => {
    for (const { id } of claimed.all()) if (!ids.has(id)) release.run(id);
  });

  const sumsOf = (rows: readonly RawSum[]): OutboxSum[] =>
    rows.map(({ kind, ...sum }) => ({ kind: outboxKindSchema.parse(kind), ...sum }));

  return {
    /**
     * From now on what changes is written down here as well; what has changed so far is made good. Within a transaction.
     * @param isSure whether what is said to lie in the cloud does
     */
    begin: (isSure: boolean): void => {
      database.exec(outboxTriggers);
      database.exec(removeOrphaned);
      if (!isSure) database.exec('DELETE FROM synced');
      database.exec(putMissing);
      releaseAllBut(new Set());
    },
    /** For another cloud, in which there is nothing yet. Within a transaction. */
    empty: (): void => void database.exec('DELETE FROM outbox; DELETE FROM synced'),

    /** Takes what is due, the most urgent and longest waiting first. What is claimed nobody else gets. */
    claim: (most: number, now = new Date()): Result<OutboxRow[]> =>
      // Nothing is written where there is nothing to do.
      has.get() === undefined ? { ok: true, value: [] } : guard(() => claimNext(most, now)),
    /** It is done, and goes, unless something else is to be done with it by now. @param content that lies there from now on */
    confirm: (row: OutboxRow, content?: { sha256: string; sizeBytes: number }): Result<void> =>
      guard(() => confirm(row, content)),
    /** It came to nothing, and is due again then. */
    fail: (row: OutboxRow, nextAt: Date, fault: Fault): Result<void> => guard(() => failed(row, nextAt, fault)),
    /** It was left undone for no fault of its own. */
    release: (row: OutboxRow): Result<void> => guard(() => void release.run(row.id)),
    /** Claims of which nobody knows any more, but for these. */
    releaseAllBut: (ids: ReadonlySet<number>): Result<void> => guard(() => releaseAllBut(ids)),
    /** Whatever rests is due now. */
    hurry: (now = new Date()): Result<void> => guard(() => void hurry.run(now.toISOString(), now.toISOString())),

    /** What is to be brought, by kind. */
    waiting: (): OutboxSum[] => sumsOf(waitingSums.all()),
    /** How many objects are to be removed. */
    countRemovals: (): number => removals.get()?.count ?? 0,
    /** What lies in the cloud, by kind. */
    synced: (): OutboxSum[] => sumsOf(syncedSums.all()),
    /** What has come to nothing so far, the worst first. */
    troubled: (most: number): OutboxRow[] => troubled.all(most).map(outboxRowOf),
    countTroubled: (): number => troubledCount.get()?.count ?? 0,
  };
}
