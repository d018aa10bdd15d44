import type Database from 'better-sqlite3';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

export interface KeptVisitRow {
  /** 32 bytes, made from the guest's code. */
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
  const upsert = database.prepare<[Buffer, number, string, Buffer, string]>(
    `INSERT INTO kept_visits (lookup, event_id, visit_id, sealed, expires_on) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (lookup) DO UPDATE SET sealed = excluded.sealed`,
  );
  const removeExpired = database.prepare<[string, number]>(
    'DELETE FROM kept_visits WHERE expires_on < ? AND event_id = ?',
  );

  return {
    /** @param today 'YYYY-MM-DD': what has expired is not there any more, even if it has not been removed yet */
    find: (eventId: number, lookup: Buffer, today: string): KeptVisitRow | undefined =>
      byLookup.get(lookup, eventId, today),
    /** @param visitId of the visit whose record it goes with */
    put: (eventId: number, visitId: string, { lookup, sealed, expiresOn }: KeptVisitRow): Result<void> =>
      guard(() => void upsert.run(lookup, eventId, visitId, sealed, expiresOn)),
    /** @returns how many there were */
    removeExpired: (today: string, eventId: number): Result<number> =>
      guard(() => removeExpired.run(today, eventId).changes),
  };
}
