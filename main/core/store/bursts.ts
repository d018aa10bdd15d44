import type Database from 'better-sqlite3';
import { hammingDistance } from './hammingDistance.ts';

interface BurstRow {
  id: number;
  eventId: number;
  camera: string;
  capturedAt: string | null;
  hash: string | null;
  burstId: number | null;
}

// Between two photos of a burst, milliseconds: somebody who goes on pressing the button.
const burstGapMs = 2_000;
// Above this, things have moved so far that a guest may want both photos.
const burstDistance = 12;

/** Photos of which a guest wants one. */
export function createBursts(database: Database.Database) {
  const burstRow = database.prepare<[number], BurstRow>(
    `SELECT id, event_id AS eventId, coalesce(serial, camera, '') AS camera, captured_at AS capturedAt, hash, burst_id AS burstId
     FROM photos WHERE id = ?`,
  );
  const burstNeighbours = database.prepare<[number, string, string, string, number], BurstRow>(
    `SELECT id, event_id AS eventId, coalesce(serial, camera, '') AS camera, captured_at AS capturedAt, hash, burst_id AS burstId
     FROM shown_photos WHERE event_id = ? AND captured_at BETWEEN ? AND ? AND coalesce(serial, camera, '') = ? AND id <> ?`,
  );
  const joinBurst = database.prepare<[number, number, number]>(
    'UPDATE photos SET burst_id = ? WHERE id = ? OR burst_id = ?',
  );

  return {
    /** Puts the photo into one burst with those that the same camera took just before and after, and that look alike. */
    join: (photoId: number): void => {
      const own = burstRow.get(photoId);
      if (own?.capturedAt == null || own.hash === null) return;
      const moment = Date.parse(`${own.capturedAt}Z`);
      const at = (ms: number) => new Date(ms).toISOString().slice(0, 23);
      let burst = own.burstId;
      for (const other of burstNeighbours.all(
        own.eventId,
        at(moment - burstGapMs),
        at(moment + burstGapMs),
        own.camera,
        photoId,
      )) {
        if (other.hash === null || hammingDistance(own.hash, other.hash) > burstDistance) continue;
        const theirs = other.burstId ?? other.id;
        burst = Math.min(burst ?? photoId, theirs);
        for (const id of [photoId, other.id]) joinBurst.run(burst, id, theirs);
        if (own.burstId !== null) joinBurst.run(burst, photoId, own.burstId);
      }
    },
  };
}
