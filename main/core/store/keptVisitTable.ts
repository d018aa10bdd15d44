import type Database from 'better-sqlite3';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** By what a kept visit is opened: a code that the guest types, or a link on the guest's phone. */
export type KeptKind = 'code' | 'link';

export interface KeptVisitRow {
  /** 32 bytes, made from the guest's code or link. */
  lookup: Buffer;
  sealed: Buffer;
  /** 'YYYY-MM-DD': gone at the end of that day. */
  expiresOn: string;
}

export function createKeptVisitTable(database: Database.Database, guard: Guard) {
  const byLookup = database.prepare<[Buffer, number, string], KeptVisitRow>(
    `SELECT lookup, sealed, expires_on AS expiresOn FROM kept_visits
     WHERE lookup = ? AND event_id = ? AND expires_on >= ?`,
  );
  const upsert = database.prepare<[Buffer, number, string, string, Buffer, string]>(
    `INSERT INTO kept_visits (lookup, event_id, visit_id, kind, sealed, expires_on) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (lookup) DO UPDATE SET sealed = excluded.sealed`,
  );
  const removeExpired = database.prepare<[string, number]>(
    'DELETE FROM kept_visits WHERE expires_on < ? AND event_id = ?',
  );
  const removeLinks = database.prepare<[string]>("DELETE FROM kept_visits WHERE visit_id = ? AND kind = 'link'");

  return {
    /** @param today 'YYYY-MM-DD': what has expired is not there any more, even if it has not been removed yet */
    find: (eventId: number, lookup: Buffer, today: string): KeptVisitRow | undefined =>
      byLookup.get(lookup, eventId, today),
    /** @param visitId of the visit whose record it goes with */
    put: (
      eventId: number,
      visitId: string,
      kind: KeptKind,
      { lookup, sealed, expiresOn }: KeptVisitRow,
    ): Result<void> => guard(() => void upsert.run(lookup, eventId, visitId, kind, sealed, expiresOn)),
    /** @returns how many there were */
    removeExpired: (today: string, eventId: number): Result<number> =>
      guard(() => removeExpired.run(today, eventId).changes),
    /** What the visit's links open; its code goes on opening. @returns how many there were */
    removeLinks: (visitId: string): Result<number> => guard(() => removeLinks.run(visitId).changes),
  };
}
