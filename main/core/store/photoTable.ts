import type Database from 'better-sqlite3';
import { z } from 'zod';
import { faultSchema, noteCodes, type Fault, type NoteCode, type Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** A file that a photo was taken from. */
export interface Origin {
  path: string;
  sizeBytes: number;
  modifiedMs: number;
}

/** A photo as far as it has to be known to look at it. */
export interface PendingPhoto {
  id: number;
  eventId: number;
  sha256: string;
  extension: string;
}

interface NewPhoto {
  sha256: string;
  extension: string;
  sizeBytes: number;
}

export interface StoredPhoto {
  photoId: number;
  /** The event did not have these bytes. */
  isNew: boolean;
  /** Its faces are still to be looked for. */
  isPending: boolean;
}

export interface QuarantinedPhoto {
  photoId: number;
  sha256: string;
  path: string;
  fault: Fault;
}

export interface PhotoCounts {
  stored: number;
  indexed: number;
  quarantined: number;
}

/** What was learnt of a photo by looking at it. */
export interface SearchedPhoto {
  /** Of the upright original, pixels. */
  width: number;
  height: number;
  notes: readonly NoteCode[];
  /** The camera's word: local, 'YYYY-MM-DDTHH:MM:SS'. */
  takenAt?: string | undefined;
}

/** A photo as it is shown. */
export interface ShownPhoto {
  id: number;
  sha256: string;
  /** Of the upright original, pixels. */
  width: number;
  height: number;
  /** Local, 'YYYY-MM-DDTHH:MM:SS'. */
  takenAt: string;
}

/** A photo as it arrived. */
export interface ArrivedPhoto extends Pick<ShownPhoto, 'id' | 'sha256' | 'width' | 'height'> {
  /** ISO 8601. */
  indexedAt: string;
}

/** A photo's own facts, as an exported event carries them. */
export interface ExportedPhoto {
  sha256: string;
  extension: string;
  sizeBytes: number;
  storedAt: string;
  takenAt: string;
}

interface QuarantinedRow {
  photoId: number;
  sha256: string;
  path: string;
  code: string;
  detail: string | null;
}

interface PendingRow {
  id: number;
  event_id: number;
  sha256: string;
  extension: string;
}

const notesSchema = z.array(z.enum(noteCodes));

export function createPhotoTable(database: Database.Database, guard: Guard) {
  const idByHash = database.prepare<[number, string], { id: number }>(
    'SELECT id FROM photos WHERE event_id = ? AND sha256 = ?',
  );
  const byOrigin = database.prepare<[number, string, number, number], PendingRow>(
    `SELECT photos.id, photos.event_id, sha256, extension FROM origins JOIN photos ON photos.id = photo_id
     WHERE origins.event_id = ? AND path = ? AND origins.size_bytes = ? AND modified_ms = ?`,
  );
  const releaseMissing = database.prepare<[number]>(
    `UPDATE photos SET state = 'stored', fault_code = NULL, fault_detail = NULL
     WHERE id = ? AND state = 'quarantined' AND fault_code = 'photo.missing-original'`,
  );
  const insert = database.prepare<[number, string, string, number, string, string]>(
    `INSERT INTO photos (event_id, sha256, extension, size_bytes, state, stored_at, taken_at)
     VALUES (?, ?, ?, ?, 'stored', ?, ?)`,
  );
  const upsertOrigin = database.prepare<[number, number, string, number, number]>(
    `INSERT INTO origins (photo_id, event_id, path, size_bytes, modified_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (event_id, path) DO UPDATE SET photo_id = excluded.photo_id,
       size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms`,
  );
  const pending = database.prepare<[number, string], PendingRow>(
    `SELECT id, event_id, sha256, extension FROM photos
     WHERE event_id = ? AND (state = 'stored' OR (state = 'indexed' AND pack <> ?)) ORDER BY id`,
  );
  const releaseOne = database.prepare<[number, number]>(
    `UPDATE photos SET state = 'stored', fault_code = NULL, fault_detail = NULL
     WHERE id = ? AND event_id = ? AND state = 'quarantined'`,
  );
  const release = database.prepare<[number]>(`UPDATE photos SET state = 'stored' WHERE id = ?`);
  const releaseAll = database.prepare<[number]>(
    `UPDATE photos SET state = 'stored', fault_code = NULL, fault_detail = NULL
     WHERE event_id = ? AND state = 'quarantined'`,
  );
  const markIndexed = database.prepare<[number, number, string, string, string | null, string, number]>(
    `UPDATE photos SET state = 'indexed', width = ?, height = ?, pack = ?, notes = ?, taken_at = coalesce(?, taken_at),
       indexed_at = ?, fault_code = NULL, fault_detail = NULL WHERE id = ?`,
  );
  const markQuarantined = database.prepare<[string, string | null, number]>(
    `UPDATE photos SET state = 'quarantined', fault_code = ?, fault_detail = ? WHERE id = ?`,
  );
  const idOf = database.prepare<[number, string], { photo_id: number }>(
    'SELECT photo_id FROM origins WHERE event_id = ? AND path = ?',
  );
  const originsOf = database.prepare<[number], { path: string }>(
    'SELECT path FROM origins WHERE photo_id = ? ORDER BY path',
  );
  const quarantined = database.prepare<[number], QuarantinedRow>(
    `SELECT photos.id AS photoId, sha256, origins.path, fault_code AS code, fault_detail AS detail FROM photos JOIN origins ON origins.photo_id = photos.id
     WHERE photos.event_id = ? AND state = 'quarantined' ORDER BY origins.path`,
  );
  const noted = database.prepare<[number], { path: string; notes: string }>(
    `SELECT origins.path, notes FROM photos JOIN origins ON origins.photo_id = photos.id
     WHERE photos.event_id = ? AND state = 'indexed' AND notes <> '[]' ORDER BY origins.path`,
  );
  const counts = database.prepare<[number], { state: keyof PhotoCounts; count: number }>(
    'SELECT state, count(*) AS count FROM photos WHERE event_id = ? GROUP BY state',
  );

  const shownColumns = 'id, sha256, width, height, taken_at AS takenAt';
  const shown = database.prepare<[number, number], ShownPhoto>(
    `SELECT ${shownColumns} FROM photos WHERE id = ? AND event_id = ? AND state = 'indexed'`,
  );
  const shownOfHour = database.prepare<[number, string, number, number], ShownPhoto>(
    `SELECT ${shownColumns} FROM photos WHERE event_id = ? AND state = 'indexed' AND substr(taken_at, 1, 13) = ?
     ORDER BY taken_at, id LIMIT ? OFFSET ?`,
  );
  const hours = database.prepare<[number], { hour: string; photos: number }>(
    `SELECT substr(taken_at, 1, 13) AS hour, count(*) AS photos FROM photos WHERE event_id = ? AND state = 'indexed'
     GROUP BY hour ORDER BY hour`,
  );
  const byHash = database.prepare<[string], PendingRow>(
    'SELECT id, event_id, sha256, extension FROM photos WHERE sha256 = ? ORDER BY id LIMIT 1',
  );
  const arrived = database.prepare<[number, number], ArrivedPhoto>(
    `SELECT id, sha256, width, height, indexed_at AS indexedAt FROM photos
     WHERE event_id = ? AND state = 'indexed' AND indexed_at IS NOT NULL ORDER BY indexed_at DESC, id DESC LIMIT ?`,
  );
  const arrivedOne = database.prepare<[number, number], ArrivedPhoto>(
    `SELECT id, sha256, width, height, indexed_at AS indexedAt FROM photos
     WHERE id = ? AND event_id = ? AND state = 'indexed' AND indexed_at IS NOT NULL`,
  );
  const indexedSince = database.prepare<[number, string], { count: number }>(
    `SELECT count(*) AS count FROM photos WHERE event_id = ? AND state = 'indexed' AND indexed_at >= ?`,
  );
  const hashes = database.prepare<[number], { sha256: string }>('SELECT sha256 FROM photos WHERE event_id = ?');
  const exported = database.prepare<[number], ExportedPhoto>(
    `SELECT sha256, extension, size_bytes AS sizeBytes, stored_at AS storedAt, taken_at AS takenAt FROM photos
     WHERE event_id = ? ORDER BY id`,
  );

  const add = database.transaction((eventId: number, photo: NewPhoto, origin: Origin): StoredPhoto => {
    const known = idByHash.get(eventId, photo.sha256)?.id;
    const { extension, sizeBytes, sha256 } = photo;
    const storedAt = new Date().toISOString();
    const fileTime = localTimeOf(origin.modifiedMs);
    const photoId =
      known ?? Number(insert.run(eventId, sha256, extension, sizeBytes, storedAt, fileTime).lastInsertRowid);
    upsertOrigin.run(photoId, eventId, origin.path, origin.sizeBytes, origin.modifiedMs);
    const isReleased = releaseMissing.run(photoId).changes > 0;
    return { photoId, isNew: known === undefined, isPending: known === undefined || isReleased };
  });

  return {
    /** The photo that was taken from this very file, if the file has not changed since. */
    findByOrigin: (eventId: number, { path, sizeBytes, modifiedMs }: Origin): PendingPhoto | undefined => {
      const row = byOrigin.get(eventId, path, sizeBytes, modifiedMs);
      return row && photoOf(row);
    },

    /** Records a photo whose original lies in the library, and where it came from. */
    addStored: (eventId: number, photo: NewPhoto, origin: Origin): Result<StoredPhoto> =>
      guard(() => add(eventId, photo, origin)),

    /** What the given pack has not looked at yet, oldest first. */
    listPending: (eventId: number, pack: string): PendingPhoto[] => pending.all(eventId, pack).map(photoOf),

    /** Puts what was set aside, or one photo of it, back among what is still to be looked at. @returns how many that was */
    releaseQuarantined: (eventId: number, photoId?: number): Result<number> =>
      guard(() => (photoId === undefined ? releaseAll.run(eventId) : releaseOne.run(photoId, eventId)).changes),
    /** A photo whose faces cannot be read any more is to be looked at again. */
    release: (photoId: number): Result<void> => guard(() => void release.run(photoId)),

    markIndexed: (photoId: number, { width, height, notes, takenAt }: SearchedPhoto, pack: string) =>
      markIndexed.run(width, height, pack, JSON.stringify(notes), takenAt ?? null, new Date().toISOString(), photoId),

    markQuarantined: (photoId: number, { code, detail }: Fault) =>
      guard(() => markQuarantined.run(code, detail ?? null, photoId)),

    /** A photo of the event that can be shown. */
    shown: (eventId: number, photoId: number): ShownPhoto | undefined => shown.get(photoId, eventId),
    /** The photos that were taken within an hour ('YYYY-MM-DDTHH', local), in the order they were taken. */
    shownOfHour: (eventId: number, hour: string, { offset, limit }: { offset: number; limit: number }): ShownPhoto[] =>
      shownOfHour.all(eventId, hour, limit, offset),
    /** The hours in which photos were taken, oldest first. */
    hours: (eventId: number): { hour: string; photos: number }[] => hours.all(eventId),
    /** A photo with these bytes, of whatever event. */
    findByHash: (sha256: string): PendingPhoto | undefined => {
      const row = byHash.get(sha256);
      return row && photoOf(row);
    },
    /** The event's photo with these bytes. */
    idByHash: (eventId: number, sha256: string): number | undefined => idByHash.get(eventId, sha256)?.id,
    /** The SHA-256 of each of the event's photos. */
    hashes: (eventId: number): Set<string> => new Set(hashes.all(eventId).map(({ sha256 }) => sha256)),
    /** What is exported of each photo, in the order they came. */
    listExported: (eventId: number): ExportedPhoto[] => exported.all(eventId),
    /** The last to be searched, newest first. */
    newest: (eventId: number, limit: number): ArrivedPhoto[] => arrived.all(eventId, limit),
    arrived: (eventId: number, photoId: number): ArrivedPhoto | undefined => arrivedOne.get(photoId, eventId),
    /** How many have been searched since. @param from ISO 8601 */
    countIndexedSince: (eventId: number, from: string): number => indexedSince.get(eventId, from)?.count ?? 0,

    /** The photo that was taken from the file of this path. */
    idOf: (eventId: number, path: string): number | undefined => idOf.get(eventId, path)?.photo_id,

    /** Every file that the photo was taken from. */
    originsOf: (photoId: number): string[] => originsOf.all(photoId).map(({ path }) => path),

    listQuarantined: (eventId: number): QuarantinedPhoto[] =>
      quarantined.all(eventId).map(({ code, detail, ...photo }) => ({
        ...photo,
        fault: faultSchema.parse(detail === null ? { code } : { code, detail }),
      })),

    /** What there is to say of photos that were searched. */
    listNoted: (eventId: number): { path: string; notes: NoteCode[] }[] =>
      noted.all(eventId).map(({ path, notes }) => ({ path, notes: notesSchema.parse(JSON.parse(notes)) })),

    count: (eventId: number): PhotoCounts => {
      const found: PhotoCounts = { stored: 0, indexed: 0, quarantined: 0 };
      for (const { state, count } of counts.all(eventId)) found[state] = count;
      return found;
    },
  };
}

/** As a clock on the wall shows it here: 'YYYY-MM-DDTHH:MM:SS'. */
function localTimeOf(ms: number): string {
  const time = new Date(ms);
  const utcOfSameFigures = new Date(ms - time.getTimezoneOffset() * 60_000);
  return utcOfSameFigures.toISOString().slice(0, 19);
}

const photoOf = ({ id, event_id, sha256, extension }: PendingRow): PendingPhoto => ({
  id,
  eventId: event_id,
  sha256,
  extension,
});
