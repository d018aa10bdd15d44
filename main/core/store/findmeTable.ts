import type Database from 'better-sqlite3';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** What is kept for the sake of a FindMe service: selfies until it has them, and by what it knows the guests. */
export function createFindmeTable(database: Database.Database, guard: Guard) {
  const putSelfie = database.prepare<[string, number, Buffer]>(
    `INSERT INTO selfies (visit_id, event_id, sealed) VALUES (?, ?, ?)
     ON CONFLICT (visit_id) DO UPDATE SET sealed = excluded.sealed`,
  );
  const selfie = database.prepare<[string], { eventId: number; sealed: Buffer }>(
    'SELECT event_id AS eventId, sealed FROM selfies WHERE visit_id = ?',
  );
  const removeSelfie = database.prepare<[string]>('DELETE FROM selfies WHERE visit_id = ?');
  const putGuest = database.prepare<[string, string, Buffer]>(
    `INSERT INTO findme_guests (visit_id, event_uid, sealed) VALUES (?, ?, ?)
     ON CONFLICT (visit_id) DO UPDATE SET sealed = excluded.sealed`,
  );
  const guest = database.prepare<[string], { sealed: Buffer }>('SELECT sealed FROM findme_guests WHERE visit_id = ?');
  const removeGuest = database.prepare<[string]>('DELETE FROM findme_guests WHERE visit_id = ?');

  return {
    /** @param sealed under the event's key: a JPEG */
    putSelfie: (visitId: string, eventId: number, sealed: Buffer): Result<void> =>
      guard(() => void putSelfie.run(visitId, eventId, sealed)),
    selfieOf: (visitId: string): { eventId: number; sealed: Buffer } | undefined => selfie.get(visitId),
    /** The service has it. */
    removeSelfie: (visitId: string): Result<void> => guard(() => void removeSelfie.run(visitId)),
    /** @param sealed under the booth's master key: what the service has answered */
    putGuest: (visitId: string, eventUid: string, sealed: Buffer): Result<void> =>
      guard(() => void putGuest.run(visitId, eventUid, sealed)),
    /** Outlives the visit. */
    guestOf: (visitId: string): Buffer | undefined => guest.get(visitId)?.sealed,
    /** The service has forgotten them. */
    removeGuest: (visitId: string): Result<void> => guard(() => void removeGuest.run(visitId)),
  };
}
