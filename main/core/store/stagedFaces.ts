import type Database from 'better-sqlite3';
import type { Result } from '../../../preload/index.ts';
import type { FaceBox, NewFace } from './faceTable.ts';
import type { Guard } from './guard.ts';
import { photoOf, type PendingPhoto, type PendingRow } from './photoTable.ts';
import { isSameFace } from './sameFace.ts';

interface OfPack {
  eventId: number;
  pack: string;
}

interface NearErased extends FaceBox {
  id: number;
  goneX: number;
  goneY: number;
  goneWidth: number;
  goneHeight: number;
}

/** [Note: Another pack] Faces that another model pack has found, beside those that the photos are searched by, until the event has all of them. */
export function createStagedFaces(database: Database.Database, guard: Guard) {
  const staged = `SELECT photo_id FROM staged_photos
    WHERE photo_id = photos.id AND staged_photos.pack = @pack AND staged_photos.sha256 = photos.sha256`;
  const isDone = `(photos.pack IS @pack OR EXISTS (${staged}))`;
  const ready = `SELECT id FROM shown_photos AS photos WHERE event_id = @eventId AND EXISTS (${staged})`;

  const next = database.prepare<[OfPack & { after: number }], PendingRow>(
    `SELECT id, event_id, sha256, extension FROM shown_photos AS photos
     WHERE event_id = @eventId AND id > @after AND NOT ${isDone} ORDER BY id LIMIT 1`,
  );
  const counts = database.prepare<[OfPack], { done: number; total: number }>(
    `SELECT count(*) AS total, coalesce(sum(${isDone}), 0) AS done FROM shown_photos AS photos WHERE event_id = @eventId`,
  );
  const packs = database.prepare<[number], { pack: string }>(
    `SELECT pack FROM shown_photos WHERE event_id = ? AND pack IS NOT NULL GROUP BY pack ORDER BY count(*) DESC, pack`,
  );
  const remove = database.prepare<[number]>('DELETE FROM staged_photos WHERE photo_id = ?');
  const removeOthers = database.prepare<[OfPack]>(
    'DELETE FROM staged_photos WHERE pack <> @pack AND photo_id IN (SELECT id FROM photos WHERE event_id = @eventId)',
  );
  const insertPhoto = database.prepare<[string, number, number, string]>(
    `INSERT INTO staged_photos (photo_id, pack, sha256, is_read)
     SELECT id, ?, sha256, ? FROM photos WHERE id = ? AND sha256 = ?`,
  );
  const insertFace = database.prepare<[number, number, number, number, number, number, number, number, string, Buffer]>(
    `INSERT INTO staged_faces (photo_id, x, y, width, height, score, norm, quality, landmarks, template)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const nearErased = database.prepare<[number], NearErased>(
    `SELECT staged_faces.id, staged_faces.x, staged_faces.y, staged_faces.width, staged_faces.height,
       gone.x AS goneX, gone.y AS goneY, gone.width AS goneWidth, gone.height AS goneHeight
     FROM erased_faces AS gone JOIN photos ON photos.event_id = gone.event_id AND photos.sha256 = gone.sha256
     JOIN staged_photos ON staged_photos.photo_id = photos.id AND staged_photos.sha256 = photos.sha256
     JOIN staged_faces ON staged_faces.photo_id = photos.id
     WHERE gone.event_id = ?`,
  );
  const removeFace = database.prepare<[number]>('DELETE FROM staged_faces WHERE id = ?');
  const countReady = database.prepare<[OfPack], { count: number; read: number }>(
    `SELECT count(*) AS count, coalesce(sum(is_read), 0) AS read FROM staged_photos WHERE photo_id IN (${ready})`,
  );
  const removeOld = database.prepare<[OfPack]>(`DELETE FROM faces WHERE photo_id IN (${ready})`);
  const moveFaces = database.prepare<[OfPack]>(
    `INSERT INTO faces (photo_id, x, y, width, height, score, norm, quality, landmarks, template)
     SELECT photo_id, x, y, width, height, score, norm, quality, landmarks, template FROM staged_faces
     WHERE photo_id IN (${ready}) ORDER BY id`,
  );
  // What the pack could not look at is tried once more as any photo is, and set aside with its reason if that fails too.
  const markPack = database.prepare<[OfPack]>(
    `UPDATE photos SET pack = @pack,
       state = iif((SELECT is_read FROM staged_photos WHERE photo_id = photos.id), 'indexed', 'stored')
     WHERE id IN (${ready})`,
  );
  // RAW files beside a photo have no faces, and are not to be looked at for that.
  const markBeside = database.prepare<[OfPack]>(
    'UPDATE photos SET pack = @pack WHERE event_id = @eventId AND beside IS NOT NULL',
  );
  const removeAll = database.prepare<[OfPack]>(
    'DELETE FROM staged_photos WHERE photo_id IN (SELECT id FROM photos WHERE event_id = @eventId)',
  );

  const put = database.transaction(
    ({ id, sha256 }: PendingPhoto, pack: string, faces: readonly NewFace[] | undefined): void => {
      remove.run(id);
      if (insertPhoto.run(pack, faces === undefined ? 0 : 1, id, sha256).changes === 0) return;
      for (const { box, score, norm, quality, landmarks, sealedTemplate } of faces ?? []) {
        const { x, y, width, height } = box;
        insertFace.run(id, x, y, width, height, score, norm, quality, JSON.stringify(landmarks), sealedTemplate);
      }
    },
  );

  function removeErased(eventId: number): void {
    for (const { id, goneX: x, goneY: y, goneWidth: width, goneHeight: height, ...box } of nearErased.all(eventId)) {
      if (isSameFace(box, { x, y, width, height })) removeFace.run(id);
    }
  }

  const takePlace = database.transaction((of: OfPack): boolean => {
    const { done, total } = countsOf(of);
    const { count, read } = countReady.get(of) ?? { count: 0, read: 0 };
    if (done < total || count === 0 || read < count / 2) return false;
    removeErased(of.eventId);
    removeOld.run(of);
    moveFaces.run(of);
    markPack.run(of);
    markBeside.run(of);
    removeAll.run(of);
    return true;
  });

  const countsOf = (of: OfPack) => counts.get(of) ?? { done: 0, total: 0 };

  return {
    /** The packs that the event's photos have been searched with, the one with the most photos first. */
    packsOf: (eventId: number): string[] => packs.all(eventId).map(({ pack }) => pack),
    /** The next photo that the pack has not looked at. @param after the id of the one before, 0 for the first */
    next: (eventId: number, pack: string, after: number): PendingPhoto | undefined => {
      const row = next.get({ eventId, pack, after });
      return row && photoOf(row);
    },
    /** How many of the event's photos the pack has looked at. */
    progress: (eventId: number, pack: string): { done: number; total: number } => countsOf({ eventId, pack }),
    /** @param faces undefined where the pack could not look at it. A photo that has another content by now stays to be looked at */
    put: (photo: PendingPhoto, pack: string, faces: readonly NewFace[] | undefined): Result<void> =>
      guard(() => put(photo, pack, faces)),
    /** Lets go of what packs have found that are not wanted any more. */
    keepOnly: (eventId: number, pack: string): Result<void> => guard(() => void removeOthers.run({ eventId, pack })),
    /** Takes out the faces at whose places one was erased. Within a transaction. */
    removeErased,
    /**
     * Puts the pack's faces in the place of those that the event's photos have, all in one commit: there is no moment at which photos of one event have
     * templates of two packs.
     *
     * @returns false where there is nothing to be put, not yet for each photo, or a pack that could not look at most of them: the fault is its own
     */
    takePlace: (eventId: number, pack: string): Result<boolean> => guard(() => takePlace({ eventId, pack })),
  };
}
