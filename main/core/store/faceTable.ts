import type Database from 'better-sqlite3';

/** A face to be stored with its photo. Pixels of the upright original; the template of unit length. */
export interface NewFace {
  box: { x: number; y: number; width: number; height: number };
  score: number;
  norm: number;
  landmarks: readonly number[];
  template: Float32Array;
}

/** Faces as the index takes them, column by column; templates Float32Array [faces * dimensions]. */
export interface StoredFaces {
  eventId: number;
  faceIds: number[];
  photoIds: number[];
  templates: Float32Array;
}

interface TemplateRow {
  id: number;
  photo_id: number;
  event_id: number;
  template: Buffer;
}

export function createFaceTable(database: Database.Database) {
  const remove = database.prepare<[number]>('DELETE FROM faces WHERE photo_id = ?');
  const insert = database.prepare<[number, number, number, number, number, number, number, string, Buffer]>(
    `INSERT INTO faces (photo_id, x, y, width, height, score, norm, landmarks, template)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const templates = database.prepare<[string, number, number], TemplateRow>(
    `SELECT faces.id, photo_id, event_id, template FROM faces JOIN photos ON photos.id = photo_id
     WHERE pack = ? AND state = 'indexed' AND faces.id > ? ORDER BY faces.id LIMIT ?`,
  );
  const box = database.prepare<[number], { x: number; y: number; width: number; height: number }>(
    'SELECT x, y, width, height FROM faces WHERE id = ?',
  );
  const boxesOf = database.prepare<[number], { x: number; y: number; width: number; height: number }>(
    'SELECT x, y, width, height FROM faces WHERE photo_id = ? ORDER BY id',
  );
  const count = database.prepare<[number, string], { count: number }>(
    'SELECT count(*) AS count FROM faces JOIN photos ON photos.id = photo_id WHERE event_id = ? AND state = ?',
  );

  return {
    /** Puts these faces in the place of whatever the photo had. @returns their ids, in the same order */
    replace: database.transaction((photoId: number, faces: readonly NewFace[]): number[] => {
      remove.run(photoId);
      return faces.map(({ box: { x, y, width, height }, score, norm, landmarks, template }) =>
        Number(
          insert.run(photoId, x, y, width, height, score, norm, JSON.stringify(landmarks), bytesOf(template))
            .lastInsertRowid,
        ),
      );
    }),

    /** All templates made with the given pack, in batches of one event each, so that memory stays small however large the library. */
    *batches(pack: string, batchSize: number): Generator<StoredFaces> {
      let lastId = 0;
      for (;;) {
        const rows = templates.all(pack, lastId, batchSize);
        const last = rows.at(-1);
        if (last === undefined) return;
        lastId = last.id;
        for (const eventId of new Set(rows.map(({ event_id }) => event_id))) {
          const ofEvent = rows.filter(({ event_id }) => event_id === eventId);
          yield {
            eventId,
            faceIds: ofEvent.map(({ id }) => id),
            photoIds: ofEvent.map(({ photo_id }) => photo_id),
            templates: floatsOf(Buffer.concat(ofEvent.map(({ template }) => template))),
          };
        }
      }
    },

    boxOf: (faceId: number) => box.get(faceId),
    boxesOf: (photoId: number) => boxesOf.all(photoId),
    count: (eventId: number): number => count.get(eventId, 'indexed')?.count ?? 0,
  };
}

const bytesOf = (template: Float32Array): Buffer =>
  Buffer.from(template.buffer, template.byteOffset, template.byteLength);

/** A copy, because a view of 32-bit numbers has to begin at a multiple of four bytes and a Buffer need not. */
function floatsOf(bytes: Buffer): Float32Array {
  const floats = new Float32Array(bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(floats.buffer).set(bytes);
  return floats;
}
