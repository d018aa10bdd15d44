import path from 'node:path';
import type Database from 'better-sqlite3';
import type { PendingPhoto } from './photoTable.ts';
import { isRaw } from './rawEndings.ts';

/** One release of one camera's shutter. */
export interface Shot {
  serial: string;
  capturedAt: string;
}

interface Namesake {
  id: number;
  extension: string;
  serial: string | null;
  capturedAt: string | null;
  path: string;
  ownPath: string;
}

/** RAW files and the JPEGs of the same shot: the JPEG is shown, the RAW file kept beside it. All of it within a transaction. */
export function createRawPairs(database: Database.Database) {
  const namesakes = database.prepare<[number], Namesake>(
    `SELECT DISTINCT photos.id, extension, serial, captured_at AS capturedAt, theirs.path, own.path AS ownPath
     FROM origins AS own
     JOIN origins AS theirs ON theirs.event_id = own.event_id AND theirs.stem = own.stem AND theirs.photo_id <> own.photo_id
     JOIN photos ON photos.id = theirs.photo_id
     WHERE own.photo_id = ? AND beside IS NULL AND replaces IS NULL AND state <> 'quarantined'`,
  );
  const keepBeside = database.prepare<[number, number]>(
    `UPDATE photos SET beside = ?, state = 'indexed', fault_code = NULL, fault_detail = NULL WHERE id = ?`,
  );
  const removeFaces = database.prepare<[number]>('DELETE FROM faces WHERE photo_id = ?');

  /** The other file of the same shot: of the same name in the same folder, or by the same camera at the same moment. */
  function partnersOf(photoId: number, extension: string, shot?: Shot): Namesake[] {
    return namesakes.all(photoId).filter((other) => {
      if (isRaw(other.extension) === isRaw(extension)) return false;
      const isSameFolder = path.dirname(other.path) === path.dirname(other.ownPath);
      return isSameFolder || (other.serial === shot?.serial && other.capturedAt === shot.capturedAt);
    });
  }

  return {
    /** @returns the photo that a RAW file belongs beside, where their names say so before it is looked at */
    besideByName: ({ id, extension }: PendingPhoto): number | undefined =>
      isRaw(extension) ? partnersOf(id, extension).at(0)?.id : undefined,

    /** The same once it is known what the camera wrote. */
    beside: (photoId: number, extension: string, shot: Shot | undefined): number | undefined =>
      isRaw(extension) ? partnersOf(photoId, extension, shot).at(0)?.id : undefined,

    /** RAW files that were shown for want of this photo. @returns their ids */
    rawsOf: (photoId: number, extension: string, shot: Shot | undefined): number[] =>
      isRaw(extension) ? [] : partnersOf(photoId, extension, shot).map(({ id }) => id),

    keepBeside: (rawId: number, photoId: number): void => {
      removeFaces.run(rawId);
      keepBeside.run(photoId, rawId);
    },
  };
}
