import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';

export interface EventRow {
  id: number;
  code: string;
}

export function createEventTable(database: Database.Database) {
  const byCode = database.prepare<[string], EventRow>('SELECT id, code FROM events WHERE code = ?');
  const all = database.prepare<[], EventRow>('SELECT id, code FROM events ORDER BY id');
  const insert = database.prepare<[string, string, Buffer]>(
    'INSERT INTO events (code, created_at, code_salt) VALUES (?, ?, ?)',
  );
  const salt = database.prepare<[number], { code_salt: Buffer }>('SELECT code_salt FROM events WHERE id = ?');

  return {
    find: (code: string): EventRow | undefined => byCode.get(code),
    list: (): EventRow[] => all.all(),
    add: (code: string): EventRow => ({
      id: Number(insert.run(code, new Date().toISOString(), randomBytes(16)).lastInsertRowid),
      code,
    }),
    /** 16 bytes, the event's own for as long as there is the event. */
    codeSaltOf: (eventId: number): Buffer | undefined => salt.get(eventId)?.code_salt,
  };
}
