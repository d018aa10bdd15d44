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

/** The same, found. */
export interface FoundKeptVisit extends KeptVisitRow {
  /** Of its door in the cloud; undefined for one that has none. */
  doorDays: number | undefined;
}

/** What opens a gallery in the cloud: an object there, written with the row that it belongs to and never anew. */
export interface DoorRow {
  /** Of the object, in the folder of its days. */
  id: string;
  days: number;
  /** Its bytes. */
  bytes: Buffer;
}

export function createKeptVisitTable(database: Database.Database, guard: Guard) {
  const byLookup = database.prepare<[Buffer, number, string], KeptVisitRow & { doorDays: number | null }>(
    `SELECT lookup, sealed, expires_on AS expiresOn, door_days AS doorDays FROM kept_visits
     WHERE lookup = ? AND event_id = ? AND expires_on >= ?`,
  );
  const ofVisit = database.prepare<[string], { kind: KeptKind; expiresOn: string }>(
    'SELECT kind, expires_on AS expiresOn FROM kept_visits WHERE visit_id = ? ORDER BY kind, expires_on',
  );
  const upsert = database.prepare<
    [Buffer, number, string, string, Buffer, string, string | null, number | null, Buffer | null]
  >(
    `INSERT INTO kept_visits (lookup, event_id, visit_id, kind, sealed, expires_on, door_id, door_days, door)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (lookup) DO UPDATE SET sealed = excluded.sealed`,
  );
  const door = database.prepare<[string], { door: Buffer }>('SELECT door FROM kept_visits WHERE door_id = ?');
  const doorDays = database.prepare<[], { days: number }>(
    'SELECT DISTINCT door_days AS days FROM kept_visits WHERE door_id IS NOT NULL ORDER BY days',
  );
  const removeExpired = database.prepare<[string, number]>(
    'DELETE FROM kept_visits WHERE expires_on < ? AND event_id = ?',
  );
  const removeLinks = database.prepare<[string]>("DELETE FROM kept_visits WHERE visit_id = ? AND kind = 'link'");

  return {
    /** @param today 'YYYY-MM-DD': what has expired is not there any more, even if it has not been removed yet */
    find: (eventId: number, lookup: Buffer, today: string): FoundKeptVisit | undefined => {
      const row = byLookup.get(lookup, eventId, today);
      return row && { ...row, doorDays: row.doorDays ?? undefined };
    },
    /** What a visit's guest has been given, codes before links. */
    ofVisit: (visitId: string): { kind: KeptKind; expiresOn: string }[] => ofVisit.all(visitId),
    /**
     * @param visitId of the visit whose record it goes with
     * @param door the first time: what was kept under the same before has the one that it has
     */
    put: (
      eventId: number,
      visitId: string,
      kind: KeptKind,
      { lookup, sealed, expiresOn }: KeptVisitRow,
      door?: DoorRow,
    ): Result<void> =>
      guard(() => {
        const { id = null, days = null, bytes = null } = door ?? {};
        upsert.run(lookup, eventId, visitId, kind, sealed, expiresOn, id, days, bytes);
      }),
    /** The bytes of a door. @param id of the object in the cloud */
    doorOf: (id: string): Buffer | undefined => door.get(id)?.door,
    /** After how many days doors end, each figure once. */
    doorDays: (): number[] => doorDays.all().map(({ days }) => days),
    /** @returns how many there were */
    removeExpired: (today: string, eventId: number): Result<number> =>
      guard(() => removeExpired.run(today, eventId).changes),
    /** What the visit's links open; its code goes on opening. @returns how many there were */
    removeLinks: (visitId: string): Result<number> => guard(() => removeLinks.run(visitId).changes),
  };
}
