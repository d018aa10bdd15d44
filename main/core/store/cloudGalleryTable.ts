import type Database from 'better-sqlite3';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** A guest's gallery in the cloud. See [Note: Cloud galleries]. */
export interface CloudGalleryRow {
  visitId: string;
  eventId: number;
  /** Of the object that its contents are, in the folder of its days. */
  contentsId: string;
  /** After so many days the cloud lets go of it by itself. */
  days: number;
  /** 'YYYY-MM-DD': gone at the end of that day. */
  expiresOn: string;
  /** Under the event's key. */
  sealed: Buffer;
}

export function createCloudGalleryTable(database: Database.Database, guard: Guard) {
  const columns = `visit_id AS visitId, event_id AS eventId, contents_id AS contentsId, days, expires_on AS expiresOn, sealed`;
  const upsert = database.prepare<[string, number, string, number, string, Buffer]>(
    `INSERT INTO cloud_galleries (visit_id, event_id, contents_id, days, expires_on, sealed) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (visit_id) DO UPDATE SET sealed = excluded.sealed`,
  );
  const byVisit = database.prepare<[string], CloudGalleryRow>(
    `SELECT ${columns} FROM cloud_galleries WHERE visit_id = ?`,
  );
  const byContents = database.prepare<[string], CloudGalleryRow>(
    `SELECT ${columns} FROM cloud_galleries WHERE contents_id = ?`,
  );
  const ofEvent = database.prepare<[number, string], { visitId: string }>(
    'SELECT visit_id AS visitId FROM cloud_galleries WHERE event_id = ? AND expires_on >= ? ORDER BY visit_id',
  );
  const removeExpired = database.prepare<[string, number]>(
    'DELETE FROM cloud_galleries WHERE expires_on < ? AND event_id = ?',
  );
  const removeDoorless = database.prepare<[number]>(
    `DELETE FROM cloud_galleries WHERE event_id = ? AND NOT EXISTS
       (SELECT 1 FROM kept_visits WHERE kept_visits.visit_id = cloud_galleries.visit_id AND door_id IS NOT NULL)`,
  );

  return {
    /** In the place of what was known of it before; where it lies stays the same. */
    put: ({ visitId, eventId, contentsId, days, expiresOn, sealed }: CloudGalleryRow): Result<void> =>
      guard(() => void upsert.run(visitId, eventId, contentsId, days, expiresOn, sealed)),
    get: (visitId: string): CloudGalleryRow | undefined => byVisit.get(visitId),
    findByContents: (contentsId: string): CloudGalleryRow | undefined => byContents.get(contentsId),
    /** Visits whose galleries have not expired. @param today 'YYYY-MM-DD' */
    visitsOf: (eventId: number, today: string): string[] => ofEvent.all(eventId, today).map(({ visitId }) => visitId),
    /** @returns how many there were */
    removeExpired: (today: string, eventId: number): Result<number> =>
      guard(() => removeExpired.run(today, eventId).changes),
    /** Those that nobody has a code or a link for any more. @returns how many there were */
    removeDoorless: (eventId: number): Result<number> => guard(() => removeDoorless.run(eventId).changes),
  };
}
