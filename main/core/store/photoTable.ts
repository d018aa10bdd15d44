import path from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { faultSchema, noteCodes, type Fault, type NoteCode, type Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** A file that a photo was taken from. */
export interface Origin {
  path: string;
  sizeBytes: number;
  modifiedMs: number;
  arrival?: Arrival | undefined;
}

/** By which watched folder a file came. */
export interface Arrival {
  /** The watched folder's path. */
  folder: string;
  /** The folders in it that the file lay in, parted by slashes; empty for none. */
  album: string;
  photographer: string;
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
  capture?: Capture | undefined;
  /** A difference hash, 16 hexadecimal digits. */
  hash?: string | undefined;
  sharpness?: number | undefined;
  /** The event's local time of capture, 'YYYY-MM-DDTHH:MM:SS'; the file's own stays where there is none. */
  takenAt?: string | undefined;
}

/** What the camera wrote. */
export interface Capture {
  /** Its own clock's local time, 'YYYY-MM-DDTHH:MM:SS'. */
  at?: string | undefined;
  subSecondMs?: number | undefined;
  /** By how much that clock is ahead of UTC, where the camera says so. */
  utcOffsetMinutes?: number | undefined;
  camera?: string | undefined;
  serial?: string | undefined;
  lens?: string | undefined;
}

/** A photo's own facts, as an exported event carries them. */
export interface ExportedPhoto {
  sha256: string;
  extension: string;
  sizeBytes: number;
  storedAt: string;
  takenAt: string;
}

/** The photo that a path's file was the last time. */
interface Holder {
  id: number;
  replaces: number | null;
  origins: number;
}

interface QuarantinedRow {
  photoId: number;
  sha256: string;
  path: string;
  code: string;
  detail: string | null;
}

interface CapturedRow {
  id: number;
  capturedAt: string;
  utcOffsetMinutes: number | null;
}

export interface PendingRow {
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
  const insert = database.prepare<[number, string, string, number, string, string, number | null]>(
    `INSERT INTO photos (event_id, sha256, extension, size_bytes, state, stored_at, taken_at, replaces)
     VALUES (?, ?, ?, ?, 'stored', ?, ?, ?)`,
  );
  const upsertOrigin = database.prepare(
    `INSERT INTO origins (photo_id, event_id, path, size_bytes, modified_ms, folder, album, photographer, stem)
     VALUES (@photoId, @eventId, @path, @sizeBytes, @modifiedMs, @folder, @album, @photographer, @stem)
     ON CONFLICT (event_id, path) DO UPDATE SET photo_id = excluded.photo_id, size_bytes = excluded.size_bytes,
       modified_ms = excluded.modified_ms, folder = excluded.folder, album = excluded.album,
       photographer = excluded.photographer, stem = excluded.stem`,
  );
  const holderOf = database.prepare<[number, string], Holder>(
    `SELECT id, replaces, (SELECT count(*) FROM origins WHERE photo_id = photos.id) AS origins
     FROM photos WHERE id = (SELECT photo_id FROM origins WHERE event_id = ? AND path = ?)`,
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
  const markIndexed = database.prepare(
    `UPDATE photos SET state = 'indexed', width = @width, height = @height, pack = @pack, notes = @notes,
       taken_at = coalesce(@takenAt, taken_at), captured_at = @capturedAt, utc_offset_minutes = @utcOffsetMinutes,
       camera = @camera, serial = @serial, lens = @lens, hash = @hash, sharpness = @sharpness, indexed_at = @indexedAt,
       fault_code = NULL, fault_detail = NULL WHERE id = @photoId`,
  );
  const markQuarantined = database.prepare<[string, string | null, number, string]>(
    `UPDATE photos SET state = 'quarantined', fault_code = ?, fault_detail = ? WHERE id = ? AND sha256 = ?`,
  );
  // What was set aside and is in no file any more was half of a photo that has been written to its end since.
  const removeOutdated = database.prepare<[number | null]>(
    `DELETE FROM photos WHERE id = ? AND state = 'quarantined'
     AND NOT EXISTS (SELECT 1 FROM origins WHERE photo_id = photos.id)`,
  );
  const replacedOf = database.prepare<[number], { replaces: number | null }>(
    'SELECT replaces FROM photos WHERE id = ?',
  );
  const setTakenAt = database.prepare<[string, number]>('UPDATE photos SET taken_at = ? WHERE id = ?');
  const captured = database.prepare<[number, string], CapturedRow>(
    `SELECT DISTINCT photos.id, captured_at AS capturedAt, utc_offset_minutes AS utcOffsetMinutes
     FROM origins JOIN photos ON photos.id = photo_id
     WHERE origins.event_id = ? AND folder = ? AND captured_at IS NOT NULL`,
  );
  const capturedOne = database.prepare<[number], CapturedRow>(
    `SELECT id, captured_at AS capturedAt, utc_offset_minutes AS utcOffsetMinutes FROM photos
     WHERE id = ? AND captured_at IS NOT NULL`,
  );
  const byId = database.prepare<[number], PendingRow>(
    'SELECT id, event_id, sha256, extension FROM photos WHERE id = ?',
  );
  const folderOf = database.prepare<[number], { folder: string }>(
    'SELECT folder FROM origins WHERE photo_id = ? AND folder IS NOT NULL ORDER BY id LIMIT 1',
  );
  const idOf = database.prepare<[number, string], { photo_id: number }>(
    'SELECT photo_id FROM origins WHERE event_id = ? AND path = ?',
  );
  const originsOf = database.prepare<[number], { path: string }>(
    'SELECT path FROM origins WHERE photo_id = ? ORDER BY path',
  );
  const albums = database.prepare<[number, string, number], { name: string; photos: number }>(
    `SELECT album AS name, count(*) AS photos FROM origins WHERE event_id = ? AND folder = ? AND album <> ''
     GROUP BY album ORDER BY max(id) DESC LIMIT ?`,
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
    'SELECT state, count(*) AS count FROM photos WHERE event_id = ? AND beside IS NULL GROUP BY state',
  );

  const byHash = database.prepare<[string], PendingRow>(
    'SELECT id, event_id, sha256, extension FROM photos WHERE sha256 = ? ORDER BY id LIMIT 1',
  );
  const hashes = database.prepare<[number, number], { sha256: string }>(
    `SELECT sha256 FROM photos WHERE event_id = ?
     UNION SELECT versions.sha256 FROM versions JOIN photos ON photos.id = photo_id WHERE event_id = ?`,
  );
  const exported = database.prepare<[number], ExportedPhoto>(
    `SELECT sha256, extension, size_bytes AS sizeBytes, stored_at AS storedAt, taken_at AS takenAt FROM photos
     WHERE event_id = ? ORDER BY id`,
  );

  /** A file that was written anew is the same photo with another content, unless the old one is still to be had elsewhere. */
  const replacedBy = (holder: Holder | undefined): number | null =>
    holder?.origins === 1 ? (holder.replaces ?? holder.id) : null;

  const add = database.transaction((eventId: number, photo: NewPhoto, origin: Origin): StoredPhoto => {
    const known = idByHash.get(eventId, photo.sha256)?.id;
    const holder = holderOf.get(eventId, origin.path);
    const { extension, sizeBytes, sha256 } = photo;
    const storedAt = new Date().toISOString();
    const fileTime = localTimeOf(origin.modifiedMs);
    const photoId =
      known ??
      Number(insert.run(eventId, sha256, extension, sizeBytes, storedAt, fileTime, replacedBy(holder)).lastInsertRowid);
    const { arrival, path: file, ...found } = origin;
    const by = { folder: arrival?.folder ?? null, album: arrival?.album ?? null };
    upsertOrigin.run({
      ...{ photoId, eventId, path: file, sizeBytes: found.sizeBytes, modifiedMs: found.modifiedMs },
      ...{ ...by, photographer: arrival?.photographer ?? null, stem: stemOf(file) },
    });
    if (holder?.replaces != null) removeOutdated.run(holder.id);
    const isReleased = releaseMissing.run(photoId).changes > 0;
    return { photoId, isNew: known === undefined, isPending: known === undefined || isReleased };
  });

  const quarantine = database.transaction((id: number, sha256: string, code: string, detail: string | undefined) => {
    if (markQuarantined.run(code, detail ?? null, id, sha256).changes === 0) return;
    removeOutdated.run(replacedOf.get(id)?.replaces ?? null);
  });

  const correctTimes = database.transaction(
    (rows: readonly CapturedRow[], takenAt: (capture: Capture) => string | undefined): number => {
      for (const { id, capturedAt, utcOffsetMinutes } of rows) {
        const corrected = takenAt(captureOf({ capturedAt, utcOffsetMinutes }));
        if (corrected !== undefined) setTakenAt.run(corrected, id);
      }
      return rows.length;
    },
  );

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

    markIndexed: (photoId: number, searched: SearchedPhoto, pack: string) => {
      const { width, height, notes, takenAt = null, capture = {}, hash = null, sharpness = null } = searched;
      const { utcOffsetMinutes = null, camera = null, serial = null, lens = null } = capture;
      const capturedAt = capturedAtOf(capture) ?? null;
      const indexedAt = new Date().toISOString();
      markIndexed.run({
        ...{ photoId, width, height, pack, notes: JSON.stringify(notes), takenAt, capturedAt, utcOffsetMinutes },
        ...{ camera, serial, lens, hash, sharpness, indexedAt },
      });
    },

    /** A photo that has another content by now stays as it is. */
    markQuarantined: ({ id, sha256 }: Pick<PendingPhoto, 'id' | 'sha256'>, { code, detail }: Fault) =>
      guard(() => quarantine(id, sha256, code, detail)),

    find: (photoId: number): PendingPhoto | undefined => {
      const row = byId.get(photoId);
      return row && photoOf(row);
    },
    /** What the camera wrote, as far as times go. */
    captureOf: (photoId: number): Capture | undefined => {
      const row = capturedOne.get(photoId);
      return row && captureOf(row);
    },
    /** The watched folder that the photo came by. */
    folderOf: (photoId: number): string | undefined => folderOf.get(photoId)?.folder,
    /** Works out anew when the photos of a watched folder were taken, as its camera's clock turns out to be wrong. @returns how many there are */
    correctTimes: (
      eventId: number,
      folder: string,
      takenAt: (capture: Capture) => string | undefined,
    ): Result<number> => guard(() => correctTimes(captured.all(eventId, folder), takenAt)),

    /** A photo with these bytes, of whatever event. */
    findByHash: (sha256: string): PendingPhoto | undefined => {
      const row = byHash.get(sha256);
      return row && photoOf(row);
    },
    /** The event's photo with these bytes. */
    idByHash: (eventId: number, sha256: string): number | undefined => idByHash.get(eventId, sha256)?.id,
    /** The SHA-256 of each of the event's photos, and of what they were before. */
    hashes: (eventId: number): Set<string> => new Set(hashes.all(eventId, eventId).map(({ sha256 }) => sha256)),
    /** What is exported of each photo, in the order they came. */
    listExported: (eventId: number): ExportedPhoto[] => exported.all(eventId),
    /** The photo that was taken from the file of this path. */
    idOf: (eventId: number, path: string): number | undefined => idOf.get(eventId, path)?.photo_id,

    /** Every file that the photo was taken from. */
    originsOf: (photoId: number): string[] => originsOf.all(photoId).map(({ path }) => path),

    listQuarantined: (eventId: number): QuarantinedPhoto[] =>
      quarantined.all(eventId).map(({ code, detail, ...photo }) => ({
        ...photo,
        fault: faultSchema.parse(detail === null ? { code } : { code, detail }),
      })),

    /** The folders in a watched folder that photos came from, the newest first, and how many each. */
    albumsOf: (eventId: number, folder: string, most: number): { name: string; photos: number }[] =>
      albums.all(eventId, folder, most),

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

/** 'YYYY-MM-DDTHH:MM:SS.mmm' by the camera's own clock. */
export const capturedAtOf = ({ at, subSecondMs = 0 }: Capture): string | undefined =>
  at === undefined ? undefined : `${at}.${String(subSecondMs).padStart(3, '0')}`;

const captureOf = ({ capturedAt, utcOffsetMinutes }: Omit<CapturedRow, 'id'>): Capture => ({
  at: capturedAt.slice(0, 19),
  utcOffsetMinutes: utcOffsetMinutes ?? undefined,
});

/** A camera gives the files of one shot the same name, and to each its own ending. */
const stemOf = (file: string): string => path.parse(file.replaceAll('\\', '/')).name.toLowerCase();

/** As a clock on the wall shows it here: 'YYYY-MM-DDTHH:MM:SS'. */
function localTimeOf(ms: number): string {
  const time = new Date(ms);
  const utcOfSameFigures = new Date(ms - time.getTimezoneOffset() * 60_000);
  return utcOfSameFigures.toISOString().slice(0, 19);
}

export const photoOf = ({ id, event_id, sha256, extension }: PendingRow): PendingPhoto => ({
  id,
  eventId: event_id,
  sha256,
  extension,
});
