import type Database from 'better-sqlite3';

/** A photo as it is shown. */
export interface ShownPhoto {
  id: number;
  sha256: string;
  /** Of the upright original, pixels. */
  width: number;
  height: number;
  /** Local, 'YYYY-MM-DDTHH:MM:SS'. */
  takenAt: string;
  /** The same for all photos of a burst; undefined for a photo that stands alone. */
  burstId: number | undefined;
  sharpness: number;
}

interface ShownRow extends Omit<ShownPhoto, 'burstId'> {
  burstId: number | null;
}

/** A photo as it arrived. */
export interface ArrivedPhoto extends Pick<ShownPhoto, 'id' | 'sha256' | 'width' | 'height'> {
  /** ISO 8601. */
  indexedAt: string;
}

/** What windows are shown of an event's photos: those that have been searched, without the RAW files that lie beside them. */
export function createShownPhotos(database: Database.Database) {
  const shownColumns =
    'id, sha256, width, height, taken_at AS takenAt, burst_id AS burstId, coalesce(sharpness, 0) AS sharpness';
  const shown = database.prepare<[number, number], ShownRow>(
    `SELECT ${shownColumns} FROM shown_photos WHERE id = ? AND event_id = ?`,
  );
  const shownOfHour = database.prepare<[number, string, number, number], ShownRow>(
    `SELECT ${shownColumns} FROM shown_photos WHERE event_id = ? AND substr(taken_at, 1, 13) = ?
     ORDER BY taken_at, id LIMIT ? OFFSET ?`,
  );
  const hours = database.prepare<[number], { hour: string; photos: number }>(
    `SELECT substr(taken_at, 1, 13) AS hour, count(*) AS photos FROM shown_photos WHERE event_id = ?
     GROUP BY hour ORDER BY hour`,
  );
  const arrived = database.prepare<[number, number], ArrivedPhoto>(
    `SELECT id, sha256, width, height, indexed_at AS indexedAt FROM shown_photos
     WHERE event_id = ? AND indexed_at IS NOT NULL ORDER BY indexed_at DESC, id DESC LIMIT ?`,
  );
  const arrivedOne = database.prepare<[number, number], ArrivedPhoto>(
    `SELECT id, sha256, width, height, indexed_at AS indexedAt FROM shown_photos
     WHERE id = ? AND event_id = ? AND indexed_at IS NOT NULL`,
  );
  const indexedSince = database.prepare<[number, string], { count: number }>(
    `SELECT count(*) AS count FROM shown_photos WHERE event_id = ? AND indexed_at >= ?`,
  );

  return {
    /** A photo of the event that can be shown. */
    shown: (eventId: number, photoId: number): ShownPhoto | undefined => {
      const row = shown.get(photoId, eventId);
      return row && photoOf(row);
    },
    /** The photos that were taken within an hour ('YYYY-MM-DDTHH', local), in the order they were taken. */
    shownOfHour: (eventId: number, hour: string, { offset, limit }: { offset: number; limit: number }): ShownPhoto[] =>
      shownOfHour.all(eventId, hour, limit, offset).map(photoOf),
    /** The hours in which photos were taken, oldest first. */
    hours: (eventId: number): { hour: string; photos: number }[] => hours.all(eventId),
    /** The last to be searched, newest first. */
    newest: (eventId: number, limit: number): ArrivedPhoto[] => arrived.all(eventId, limit),
    arrived: (eventId: number, photoId: number): ArrivedPhoto | undefined => arrivedOne.get(photoId, eventId),
    /** How many have been searched since. @param from ISO 8601 */
    countIndexedSince: (eventId: number, from: string): number => indexedSince.get(eventId, from)?.count ?? 0,
  };
}

const photoOf = ({ burstId, ...row }: ShownRow): ShownPhoto => ({ ...row, burstId: burstId ?? undefined });
