import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

// What an exported event carries of the database: its rows, which refer to each other by what means the same on every booth. Bytes are base 64.

const text = z.string();
const bytes = z.base64();
const real = z.number();
const whole = z.number().int();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const photoSchema = z.strictObject({
  kind: z.literal('photo'),
  sha256,
  extension: text,
  sizeBytes: whole,
  state: z.enum(['stored', 'indexed', 'quarantined']),
  storedAt: text,
  takenAt: text,
  width: whole.nullable(),
  height: whole.nullable(),
  pack: text.nullable(),
  notes: text,
  faultCode: text.nullable(),
  faultDetail: text.nullable(),
  indexedAt: text.nullable(),
  capturedAt: text.nullable().default(null),
  utcOffsetMinutes: whole.nullable().default(null),
  camera: text.nullable().default(null),
  serial: text.nullable().default(null),
  lens: text.nullable().default(null),
  hash: text.nullable().default(null),
  sharpness: real.nullable().default(null),
  version: whole.default(1),
});
/** What a photo is to another: its RAW file, one of its burst, the next content of it. */
const tieSchema = z.strictObject({
  kind: z.literal('tie'),
  sha256,
  as: z.enum(['beside', 'burst', 'replaces']),
  to: sha256,
});
const versionSchema = z.strictObject({
  kind: z.literal('version'),
  /** Of the photo as it is now. */
  sha256,
  version: whole,
  earlier: sha256,
  extension: text,
  sizeBytes: whole,
});
const originSchema = z.strictObject({
  kind: z.literal('origin'),
  sha256,
  path: text,
  sizeBytes: whole,
  modifiedMs: real,
  folder: text.nullable().default(null),
  album: text.nullable().default(null),
  photographer: text.nullable().default(null),
  stem: text.nullable().default(null),
});
const faceSchema = z.strictObject({
  kind: z.literal('face'),
  sha256,
  x: real,
  y: real,
  width: real,
  height: real,
  score: real,
  norm: real,
  quality: real.nullable().default(null),
  landmarks: text,
  template: bytes,
});
const visitSchema = z.strictObject({
  kind: z.literal('visit'),
  id: z.uuid(),
  language: text,
  version: text,
  text,
  beganAt: text,
  endedAt: text.nullable(),
  photos: whole,
  sealed: bytes.nullable(),
});
const keptSchema = z.strictObject({
  kind: z.literal('kept'),
  visitId: text,
  lookup: bytes,
  sealed: bytes,
  /** Not said in exports from before there were links. */
  by: z.enum(['code', 'link']).default('code'),
  expiresOn: text,
});
const erasureSchema = z.strictObject({
  kind: z.literal('erasure'),
  visitId: text,
  at: text,
  actor: z.enum(['guest', 'staff', 'booth']),
  faces: whole,
});
const erasedFaceSchema = z.strictObject({
  kind: z.literal('erasedFace'),
  sha256,
  x: real,
  y: real,
  width: real,
  height: real,
});

export const eventRecordSchema = z.discriminatedUnion('kind', [
  photoSchema,
  tieSchema,
  versionSchema,
  originSchema,
  faceSchema,
  visitSchema,
  keptSchema,
  erasureSchema,
  erasedFaceSchema,
]);

export type EventRecord = z.infer<typeof eventRecordSchema>;
type RecordOf<K extends EventRecord['kind']> = Extract<EventRecord, { kind: K }>;

export function createEventRecords(database: Database.Database, guard: Guard) {
  // One statement a kind; a record's members are the columns, and what they refer to comes before them.
  const selects: Record<EventRecord['kind'], Database.Statement<[number], Record<string, unknown>>> = {
    photo: database.prepare(
      `SELECT sha256, extension, size_bytes AS sizeBytes, state, stored_at AS storedAt, taken_at AS takenAt, width, height, pack,
         notes, fault_code AS faultCode, fault_detail AS faultDetail, indexed_at AS indexedAt, captured_at AS capturedAt,
         utc_offset_minutes AS utcOffsetMinutes, camera, serial, lens, hash, sharpness, version
       FROM photos WHERE event_id = ? ORDER BY id`,
    ),
    tie: database.prepare(
      `SELECT photos.sha256, ties."as", others.sha256 AS "to" FROM (
         SELECT id, event_id, 'beside' AS "as", beside AS other FROM photos
         UNION ALL SELECT id, event_id, 'burst', burst_id FROM photos
         UNION ALL SELECT id, event_id, 'replaces', replaces FROM photos
       ) AS ties JOIN photos ON photos.id = ties.id JOIN photos AS others ON others.id = ties.other
       WHERE ties.event_id = ? ORDER BY photos.id, ties."as"`,
    ),
    version: database.prepare(
      `SELECT photos.sha256, versions.version, versions.sha256 AS earlier, versions.extension, versions.size_bytes AS sizeBytes
       FROM versions JOIN photos ON photos.id = photo_id WHERE event_id = ? ORDER BY photo_id, versions.version`,
    ),
    origin: database.prepare(
      `SELECT sha256, path, origins.size_bytes AS sizeBytes, modified_ms AS modifiedMs, folder, album, photographer, stem
       FROM origins JOIN photos ON photos.id = photo_id WHERE photos.event_id = ? ORDER BY origins.id`,
    ),
    face: database.prepare(
      `SELECT sha256, x, y, faces.width, faces.height, score, norm, quality, landmarks, template
       FROM faces JOIN photos ON photos.id = photo_id WHERE event_id = ? ORDER BY faces.id`,
    ),
    visit: database.prepare(
      `SELECT visits.id, language, version, text, began_at AS beganAt, ended_at AS endedAt, photos, sealed
       FROM visits JOIN consent_texts ON consent_texts.id = consent_id WHERE visits.event_id = ? ORDER BY began_at`,
    ),
    kept: database.prepare(
      `SELECT visit_id AS visitId, lookup, kind AS by, sealed, expires_on AS expiresOn FROM kept_visits
       WHERE event_id = ? ORDER BY lookup`,
    ),
    erasure: database.prepare(
      'SELECT visit_id AS visitId, at, actor, faces FROM erasures WHERE event_id = ? ORDER BY id',
    ),
    erasedFace: database.prepare(
      'SELECT sha256, x, y, width, height FROM erased_faces WHERE event_id = ? ORDER BY rowid',
    ),
  };

  const addPhoto = database.prepare(
    `INSERT INTO photos (event_id, sha256, extension, size_bytes, state, stored_at, taken_at, width, height, pack, notes, fault_code,
       fault_detail, indexed_at, captured_at, utc_offset_minutes, camera, serial, lens, hash, sharpness, version)
     VALUES (@eventId, @sha256, @extension, @sizeBytes, @state, @storedAt, @takenAt, @width, @height, @pack, @notes, @faultCode,
       @faultDetail, @indexedAt, @capturedAt, @utcOffsetMinutes, @camera, @serial, @lens, @hash, @sharpness, @version)`,
  );
  const tieBy = (column: 'beside' | 'burst_id' | 'replaces') =>
    database.prepare(
      `UPDATE photos SET ${column} = (SELECT id FROM photos WHERE event_id = @eventId AND sha256 = @to)
       WHERE event_id = @eventId AND sha256 = @sha256`,
    );
  const addTie = { beside: tieBy('beside'), burst: tieBy('burst_id'), replaces: tieBy('replaces') };
  const addVersion = database.prepare(
    `INSERT INTO versions (photo_id, version, sha256, extension, size_bytes)
     SELECT id, @version, @earlier, @extension, @sizeBytes FROM photos WHERE event_id = @eventId AND sha256 = @sha256`,
  );
  const addOrigin = database.prepare(
    `INSERT INTO origins (photo_id, event_id, path, size_bytes, modified_ms, folder, album, photographer, stem)
     SELECT id, event_id, @path, @sizeBytes, @modifiedMs, @folder, @album, @photographer, @stem FROM photos WHERE event_id = @eventId AND sha256 = @sha256`,
  );
  const addFace = database.prepare(
    `INSERT INTO faces (photo_id, x, y, width, height, score, norm, quality, landmarks, template)
     SELECT id, @x, @y, @width, @height, @score, @norm, @quality, @landmarks, @template FROM photos
     WHERE event_id = @eventId AND sha256 = @sha256`,
  );
  const addText = database.prepare(
    `INSERT INTO consent_texts (event_id, language, version, text) VALUES (@eventId, @language, @version, @text)
     ON CONFLICT DO NOTHING`,
  );
  const addVisit = database.prepare(
    `INSERT INTO visits (id, event_id, consent_id, began_at, ended_at, photos, sealed)
     SELECT @id, @eventId, id, @beganAt, @endedAt, @photos, @sealed FROM consent_texts
     WHERE event_id = @eventId AND language = @language AND version = @version AND text = @text`,
  );
  const addKept = database.prepare(
    `INSERT INTO kept_visits (lookup, event_id, visit_id, kind, sealed, expires_on)
     VALUES (@lookup, @eventId, @visitId, @by, @sealed, @expiresOn)`,
  );
  const addErasure = database.prepare(
    'INSERT INTO erasures (event_id, visit_id, at, actor, faces) VALUES (@eventId, @visitId, @at, @actor, @faces)',
  );
  const addErasedFace = database.prepare(
    'INSERT INTO erased_faces (event_id, sha256, x, y, width, height) VALUES (@eventId, @sha256, @x, @y, @width, @height)',
  );
  const removeEvent = database.prepare<[string]>('DELETE FROM events WHERE uid = ?');

  function add(eventId: number, record: EventRecord): void {
    switch (record.kind) {
      case 'photo':
        addPhoto.run({ eventId, ...record });
        return;
      case 'tie':
        addTie[record.as].run({ eventId, sha256: record.sha256, to: record.to });
        return;
      case 'version':
        addVersion.run({ eventId, ...record });
        return;
      case 'origin':
        addOrigin.run({ eventId, ...record });
        return;
      case 'face':
        addFace.run({ eventId, ...record, template: bytesOf(record.template) });
        return;
      case 'visit':
        addText.run({ eventId, ...textOf(record) });
        addVisit.run({ eventId, ...record, sealed: bytesOf(record.sealed) });
        return;
      case 'kept':
        addKept.run({ eventId, ...record, lookup: bytesOf(record.lookup), sealed: bytesOf(record.sealed) });
        return;
      case 'erasure':
        addErasure.run({ eventId, ...record });
        return;
      case 'erasedFace':
        addErasedFace.run({ eventId, ...record });
        return;
    }
  }
  const addAll = database.transaction((eventId: number, records: readonly EventRecord[]) => {
    for (const record of records) add(eventId, record);
  });

  return {
    /** Everything of one event and nothing of another, in an order in which it can be added again. */
    *of(eventId: number): Generator<EventRecord> {
      for (const kind of Object.keys(selects)) {
        // Not as one iteration over the table: nothing else could be written meanwhile.
        for (const row of selects[kind as EventRecord['kind']].all(eventId)) {
          const readable = Object.entries(row).map(([name, value]) => [
            name,
            value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
          ]);
          yield eventRecordSchema.parse({ kind, ...Object.fromEntries(readable) });
        }
      }
    },
    add: (eventId: number, records: readonly EventRecord[]): Result<void> => guard(() => addAll(eventId, records)),
    /** An event with all its rows. */
    removeEvent: (uid: string): Result<void> => guard(() => void removeEvent.run(uid)),
  };
}

const bytesOf = (base64: string | null): Buffer | null => (base64 === null ? null : Buffer.from(base64, 'base64'));

const textOf = ({ language, version, text: words }: RecordOf<'visit'>) => ({ language, version, text: words });
