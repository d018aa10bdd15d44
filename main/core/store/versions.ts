import type Database from 'better-sqlite3';
import type { FaceBox } from './faceTable.ts';
import { hammingDistance } from './hammingDistance.ts';
import type { PendingPhoto } from './photoTable.ts';
import type { Shot } from './rawPairs.ts';

interface Row {
  eventId: number;
  sha256: string;
  extension: string;
  width: number | null;
  height: number | null;
  state: string;
  serial: string | null;
  capturedAt: string | null;
  hash: string | null;
  replaces: number | null;
  origins: number;
}

/** By what a picture is known again. */
export interface Looks {
  /** Of the upright original, pixels. */
  width: number;
  height: number;
  shot: Shot | undefined;
  hash: string | undefined;
}

// Of the 64 bits of two difference hashes: an edit changes light and colour, and crops a little.
const editDistance = 16;

/** Contents that take each other's place in one photo, as a file is written anew. All of it within the transaction that commits an analysis. */
export function createVersions(database: Database.Database) {
  const rowOf = database.prepare<[number], Row>(
    `SELECT event_id AS eventId, sha256, extension, width, height, state, serial, captured_at AS capturedAt, hash, replaces,
       (SELECT count(*) FROM origins WHERE photo_id = photos.id) AS origins
     FROM photos WHERE id = ?`,
  );
  const addVersion = database.prepare<[number]>(
    `INSERT INTO versions (photo_id, version, sha256, extension, size_bytes)
     SELECT id, version, sha256, extension, size_bytes FROM photos WHERE id = ?`,
  );
  const moveOrigins = database.prepare<[number, number]>('UPDATE origins SET photo_id = ? WHERE photo_id = ?');
  const contentOf = database.prepare<[number], { sha256: string; extension: string; sizeBytes: number }>(
    'SELECT sha256, extension, size_bytes AS sizeBytes FROM photos WHERE id = ?',
  );
  const setContent = database.prepare<[string, string, number, number]>(
    'UPDATE photos SET sha256 = ?, extension = ?, size_bytes = ?, version = version + 1 WHERE id = ?',
  );
  const standAlone = database.prepare<[number]>('UPDATE photos SET replaces = NULL WHERE id = ?');
  const remove = database.prepare<[number]>('DELETE FROM photos WHERE id = ?');
  const addTombstone = database.prepare<[number, string, number, number, number, number]>(
    'INSERT INTO erased_faces (event_id, sha256, x, y, width, height) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const tombstones = database.prepare<[number, string], FaceBox>(
    'SELECT x, y, width, height FROM erased_faces WHERE event_id = ? AND sha256 = ?',
  );

  /** Boxes of faces that were erased from the photo it takes the place of, as they lie in this one. */
  function inheritedErasures({ eventId, sha256, replaces }: Row, size: { width: number; height: number }): FaceBox[] {
    const old = replaces === null ? undefined : rowOf.get(replaces);
    if (old === undefined || old.width === null || old.height === null || old.sha256 === sha256) return [];
    const [across, down] = [size.width / old.width, size.height / old.height];
    return tombstones
      .all(eventId, old.sha256)
      .map(({ x, y, width, height }) => ({ x: x * across, y: y * down, width: width * across, height: height * down }));
  }

  /** Another card has files of the same names: what a file replaces has to be the same picture, as far as there is one to compare it with. */
  function isSamePicture(old: Row, looks: Looks): boolean {
    if (old.state !== 'indexed') return true;
    const { shot } = looks;
    if (shot?.serial === old.serial && shot.capturedAt === old.capturedAt) return true;
    return old.hash !== null && looks.hash !== undefined && hammingDistance(old.hash, looks.hash) <= editDistance;
  }

  return {
    /** Where faces of the photo have been erased while it had another content. */
    inheritedErasures: (photoId: number, size: { width: number; height: number }): FaceBox[] => {
      const row = rowOf.get(photoId);
      return row === undefined ? [] : inheritedErasures(row, size);
    },

    /**
     * Lets a photo that has been looked at take the place of the one that its file was before, where it is another content of that.
     *
     * @returns the id that it has from now on; undefined for one whose file has yet another content by now
     */
    takePlace: ({ id, sha256 }: Pick<PendingPhoto, 'id' | 'sha256'>, looks: Looks): number | undefined => {
      const row = rowOf.get(id);
      if (row?.sha256 !== sha256) return undefined;
      const old = row.replaces === null ? undefined : rowOf.get(row.replaces);
      if (row.replaces === null || old === undefined) return id;
      // Its file has been written once more: what came then takes the place, or has done so.
      if (row.origins === 0) {
        remove.run(id);
        return undefined;
      }
      if (!isSamePicture(old, looks)) {
        standAlone.run(id);
        return id;
      }
      for (const { x, y, width, height } of inheritedErasures(row, looks)) {
        addTombstone.run(row.eventId, row.sha256, x, y, width, height);
      }
      const content = contentOf.get(id);
      if (content === undefined) return undefined;
      addVersion.run(row.replaces);
      moveOrigins.run(row.replaces, id);
      remove.run(id);
      setContent.run(content.sha256, content.extension, content.sizeBytes, row.replaces);
      return row.replaces;
    },
  };
}
