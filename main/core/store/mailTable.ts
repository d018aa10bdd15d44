import type Database from 'better-sqlite3';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

export interface MailRow {
  visitId: string;
  eventId: number;
  /** Under the event's key: to whom, and what. undefined once it was sent. */
  sealed: Buffer | undefined;
  /** ISO 8601. */
  sentAt: string | undefined;
}

/** The e-mails that guests have asked for, one each. */
export function createMailTable(database: Database.Database, guard: Guard) {
  const add = database.prepare<[string, number, Buffer]>(
    'INSERT INTO mails (visit_id, event_id, sealed) VALUES (?, ?, ?) ON CONFLICT (visit_id) DO NOTHING',
  );
  const setDue = database.prepare<[string]>('UPDATE mails SET is_due = 1 WHERE visit_id = ? AND is_due = 0');
  const byVisit = database.prepare<
    [string],
    { visitId: string; eventId: number; sealed: Buffer | null; sentAt: string | null }
  >('SELECT visit_id AS visitId, event_id AS eventId, sealed, sent_at AS sentAt FROM mails WHERE visit_id = ?');
  const sent = database.prepare<[string, string]>('UPDATE mails SET sealed = NULL, sent_at = ? WHERE visit_id = ?');

  return {
    /** It waits until there is something to tell of. A guest's second counts for nothing. */
    add: (visitId: string, eventId: number, sealed: Buffer): Result<void> =>
      guard(() => void add.run(visitId, eventId, sealed)),
    /** There is something in the guest's gallery. */
    setDue: (visitId: string): Result<void> => guard(() => void setDue.run(visitId)),
    get: (visitId: string): MailRow | undefined => {
      const row = byVisit.get(visitId);
      return row && { ...row, sealed: row.sealed ?? undefined, sentAt: row.sentAt ?? undefined };
    },
    /** To whom it went is forgotten. */
    markSent: (visitId: string, at = new Date()): Result<void> => guard(() => void sent.run(at.toISOString(), visitId)),
  };
}
