import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** Pixels of the upright original. */
export interface FaceBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A face to be stored with its photo. Pixels of the upright original; the template sealed. */
export interface NewFace {
  box: FaceBox;
  score: number;
  norm: number;
  quality: number;
  landmarks: readonly number[];
  sealedTemplate: Buffer;
}

export interface StoredTemplate {
  faceId: number;
  photoId: number;
  eventId: number;
  /** Of the photo's bytes. */
  sha256: string;
  sealedTemplate: Buffer;
}

const landmarksSchema = z.array(z.number()).length(10);

export function createFaceTable(database: Database.Database, guard: Guard) {
  const remove = database.prepare<[number]>('DELETE FROM faces WHERE photo_id = ?');
  const insert = database.prepare<[number, number, number, number, number, number, number, number, string, Buffer]>(
    `INSERT INTO faces (photo_id, x, y, width, height, score, norm, quality, landmarks, template)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const templates = database.prepare<[string, number, number], StoredTemplate>(
    `SELECT faces.id AS faceId, photo_id AS photoId, event_id AS eventId, sha256, template AS sealedTemplate
     FROM faces JOIN photos ON photos.id = photo_id
     WHERE pack = ? AND state = 'indexed' AND faces.id > ? ORDER BY faces.id LIMIT ?`,
  );
  const ofPhoto = database.prepare<[number], FaceBox & { id: number }>(
    'SELECT id, x, y, width, height FROM faces WHERE photo_id = ? ORDER BY id',
  );
  const eraseRow = database.prepare<[number]>('DELETE FROM faces WHERE id = ?');
  const addTombstone = database.prepare<[number]>(
    `INSERT INTO erased_faces (event_id, sha256, x, y, width, height)
     SELECT event_id, sha256, x, y, faces.width, faces.height FROM faces JOIN photos ON photos.id = photo_id
     WHERE faces.id = ?`,
  );
  const erasedBoxes = database.prepare<[number], FaceBox>(
    `SELECT x, y, erased_faces.width, erased_faces.height FROM erased_faces
     JOIN photos ON photos.event_id = erased_faces.event_id AND photos.sha256 = erased_faces.sha256
     WHERE photos.id = ?`,
  );
  const idsOfEvent = database.prepare<[number], { id: number }>(
    'SELECT faces.id FROM faces JOIN photos ON photos.id = photo_id WHERE event_id = ?',
  );
  const removeOfEvent = database.prepare<[number]>(
    'DELETE FROM faces WHERE photo_id IN (SELECT id FROM photos WHERE event_id = ?)',
  );
  const removeStagedOfEvent = database.prepare<[number]>(
    'DELETE FROM staged_photos WHERE photo_id IN (SELECT id FROM photos WHERE event_id = ?)',
  );
  const box = database.prepare<[number], { x: number; y: number; width: number; height: number }>(
    'SELECT x, y, width, height FROM faces WHERE id = ?',
  );
  const find = database.prepare<[number], FaceBox & { photoId: number; norm: number; landmarks: string }>(
    'SELECT photo_id AS photoId, x, y, width, height, norm, landmarks FROM faces WHERE id = ?',
  );
  const boxesOf = database.prepare<[number], { x: number; y: number; width: number; height: number }>(
    'SELECT x, y, width, height FROM faces WHERE photo_id = ? ORDER BY id',
  );
  const quality = database.prepare<[number], { quality: number | null }>('SELECT quality FROM faces WHERE id = ?');
  const count = database.prepare<[number, string], { count: number }>(
    'SELECT count(*) AS count FROM faces JOIN photos ON photos.id = photo_id WHERE event_id = ? AND state = ?',
  );

  return {
    /** Puts these faces in the place of whatever the photo had. @returns their ids, in the same order */
    replace: database.transaction((photoId: number, faces: readonly NewFace[]): number[] => {
      remove.run(photoId);
      return faces.map(({ box: { x, y, width, height }, score, norm, quality, landmarks, sealedTemplate }) =>
        Number(
          insert.run(photoId, x, y, width, height, score, norm, quality, JSON.stringify(landmarks), sealedTemplate)
            .lastInsertRowid,
        ),
      );
    }),

    /** All templates made with the given pack, in batches, so that memory stays small however large the library. */
    *batches(pack: string, batchSize: number): Generator<StoredTemplate[]> {
      let lastId = 0;
      for (;;) {
        const rows = templates.all(pack, lastId, batchSize);
        const last = rows.at(-1);
        if (last === undefined) return;
        lastId = last.faceId;
        yield rows;
      }
    },

    /** The photo's faces. */
    listOf: (photoId: number): (FaceBox & { id: number })[] => ofPhoto.all(photoId),
    /** Takes faces out for good: no later look at their photos brings them back. Within a transaction. @returns those that were there */
    erase: (faceIds: readonly number[]): number[] =>
      faceIds.filter((id) => {
        addTombstone.run(id);
        return eraseRow.run(id).changes > 0;
      }),
    /** Where faces of the photo have been erased. */
    erasedBoxesOf: (photoId: number): FaceBox[] => erasedBoxes.all(photoId),
    idsOfEvent: (eventId: number): number[] => idsOfEvent.all(eventId).map(({ id }) => id),
    /** All of an event's, those that another pack has found as well. */
    removeOfEvent: (eventId: number): Result<void> =>
      guard(
        database.transaction(() => {
          removeOfEvent.run(eventId);
          removeStagedOfEvent.run(eventId);
        }),
      ),
    boxOf: (faceId: number) => box.get(faceId),
    find: (faceId: number): (FaceBox & { photoId: number; norm: number; landmarks: number[] }) | undefined => {
      const found = find.get(faceId);
      return found && { ...found, landmarks: landmarksSchema.parse(JSON.parse(found.landmarks)) };
    },
    /** How well it is seen; undefined for one that was found before this was looked at. */
    qualityOf: (faceId: number): number | undefined => quality.get(faceId)?.quality ?? undefined,
    boxesOf: (photoId: number) => boxesOf.all(photoId),
    count: (eventId: number): number => count.get(eventId, 'indexed')?.count ?? 0,
  };
}
