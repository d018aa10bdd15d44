import type Database from 'better-sqlite3';
import { languageSchema, type Language, type Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** A text that a guest agreed to, word for word. */
export interface ConsentText {
  language: Language;
  version: string;
  text: string;
}

export interface VisitRow {
  /** A UUID. */
  id: string;
  eventId: number;
  /** When the guest agreed; ISO 8601. */
  beganAt: string;
  endedAt: string | undefined;
  language: Language;
  photos: number;
  hasCode: boolean;
  hasLink: boolean;
  /** Under the event's key. */
  sealed: Buffer | undefined;
}

export interface ErasureRow {
  visitId: string;
  at: string;
  actor: 'guest' | 'staff' | 'booth';
  faces: number;
}

interface RawRow {
  id: string;
  eventId: number;
  beganAt: string;
  endedAt: string | null;
  language: string;
  photos: number;
  hasCode: number;
  hasLink: number;
  sealed: Buffer | null;
}

export function createVisitTable(database: Database.Database, guard: Guard) {
  const putText = database.prepare<[number, string, string, string]>(
    'INSERT INTO consent_texts (event_id, language, version, text) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const textId = database.prepare<[number, string, string, string], { id: number }>(
    'SELECT id FROM consent_texts WHERE event_id = ? AND language = ? AND version = ? AND text = ?',
  );
  const insert = database.prepare<[string, number, number, string]>(
    'INSERT INTO visits (id, event_id, consent_id, began_at) VALUES (?, ?, ?, ?)',
  );
  const columns = `visits.id, visits.event_id AS eventId, began_at AS beganAt, ended_at AS endedAt, language, photos, sealed,
    EXISTS (SELECT 1 FROM kept_visits WHERE visit_id = visits.id AND kind = 'code') AS hasCode,
    EXISTS (SELECT 1 FROM kept_visits WHERE visit_id = visits.id AND kind = 'link') AS hasLink`;
  const byId = database.prepare<[string], RawRow>(
    `SELECT ${columns} FROM visits JOIN consent_texts ON consent_texts.id = consent_id WHERE visits.id = ?`,
  );
  const byLookup = database.prepare<[Buffer], RawRow>(
    `SELECT ${columns} FROM visits JOIN consent_texts ON consent_texts.id = consent_id
     WHERE visits.id = (SELECT visit_id FROM kept_visits WHERE lookup = ?)`,
  );
  const since = database.prepare<[number, string], RawRow>(
    `SELECT ${columns} FROM visits JOIN consent_texts ON consent_texts.id = consent_id
     WHERE visits.event_id = ? AND began_at >= ? ORDER BY began_at DESC`,
  );
  const before = database.prepare<[number, string, string], { id: string }>(
    `SELECT id FROM visits WHERE event_id = ? AND began_at < ?
     AND NOT EXISTS (SELECT 1 FROM kept_visits WHERE visit_id = visits.id AND expires_on >= ?) ORDER BY began_at`,
  );
  const consentOf = database.prepare<[string], { language: string; version: string; text: string; at: string }>(
    `SELECT language, version, text, began_at AS at FROM visits JOIN consent_texts ON consent_texts.id = consent_id
     WHERE visits.id = ?`,
  );
  const note = database.prepare<[number, Buffer, string]>('UPDATE visits SET photos = ?, sealed = ? WHERE id = ?');
  const end = database.prepare<[string, string]>('UPDATE visits SET ended_at = ? WHERE id = ? AND ended_at IS NULL');
  const endAll = database.prepare<[string]>('UPDATE visits SET ended_at = ? WHERE ended_at IS NULL');
  const remove = database.prepare<[string]>('DELETE FROM visits WHERE id = ?');
  const addErasure = database.prepare<[number, string, string, string, number]>(
    'INSERT INTO erasures (event_id, visit_id, at, actor, faces) VALUES (?, ?, ?, ?, ?)',
  );
  const erasuresSince = database.prepare<[number, string], ErasureRow>(
    `SELECT visit_id AS visitId, at, actor, faces FROM erasures WHERE event_id = ? AND at >= ? ORDER BY at DESC`,
  );
  const erasureOf = database.prepare<[string], ErasureRow>(
    'SELECT visit_id AS visitId, at, actor, faces FROM erasures WHERE visit_id = ?',
  );
  const count = database.prepare<[number], { count: number }>(
    'SELECT count(*) AS count FROM visits WHERE event_id = ?',
  );

  const add = database.transaction(
    (id: string, eventId: number, { language, version, text }: ConsentText, at: string) => {
      putText.run(eventId, language, version, text);
      const consentId = textId.get(eventId, language, version, text)?.id;
      if (consentId === undefined) throw new Error('a consent text that was just put is there');
      insert.run(id, eventId, consentId, at);
    },
  );
  return {
    /** A guest has agreed to this very text. */
    add: (visit: { id: string; eventId: number; at: string; consent: ConsentText }): Result<void> =>
      guard(() => add(visit.id, visit.eventId, visit.consent, visit.at)),
    get: (id: string): VisitRow | undefined => rowOf(byId.get(id)),
    /** The visit whose guest was given the code that this was made from. */
    findByLookup: (lookup: Buffer): VisitRow | undefined => rowOf(byLookup.get(lookup)),
    /** Newest first. @param from ISO 8601 */
    since: (eventId: number, from: string): VisitRow[] => since.all(eventId, from).map(visitOf),
    /** Ids of those that began before, oldest first, but for those with something that is kept until `today` ('YYYY-MM-DD') at least. */
    idsBefore: (eventId: number, until: string, today: string): string[] =>
      before.all(eventId, until, today).map(({ id }) => id),
    /** What the guest agreed to, and when. */
    consentOf: (id: string): (ConsentText & { at: string }) | undefined => {
      const row = consentOf.get(id);
      return row && { ...row, language: languageSchema.parse(row.language) };
    },
    /** What is known of the guest by now. */
    note: (id: string, { photos, sealed }: { photos: number; sealed: Buffer }): Result<void> =>
      guard(() => void note.run(photos, sealed, id)),
    end: (id: string): Result<void> => guard(() => void end.run(new Date().toISOString(), id)),
    /** Those that a crash left without an end. */
    endAll: (): Result<void> => guard(() => void endAll.run(new Date().toISOString())),
    /** The record, and what is kept under the guest's code, give way to a tombstone. Within a transaction. */
    erase: (visit: Pick<VisitRow, 'id' | 'eventId'>, actor: ErasureRow['actor'], faces: number): void => {
      remove.run(visit.id);
      addErasure.run(visit.eventId, visit.id, new Date().toISOString(), actor, faces);
    },
    erasureOf: (visitId: string): ErasureRow | undefined => erasureOf.get(visitId),
    erasuresSince: (eventId: number, from: string): ErasureRow[] => erasuresSince.all(eventId, from),
    count: (eventId: number): number => count.get(eventId)?.count ?? 0,
  };
}

const rowOf = (row: RawRow | undefined): VisitRow | undefined => row && visitOf(row);

const visitOf = ({ endedAt, language, hasCode, hasLink, sealed, ...row }: RawRow): VisitRow => ({
  ...row,
  endedAt: endedAt ?? undefined,
  language: languageSchema.parse(language),
  hasCode: hasCode === 1,
  hasLink: hasLink === 1,
  sealed: sealed ?? undefined,
});
