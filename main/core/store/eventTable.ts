import type Database from 'better-sqlite3';

export interface EventRow {
  id: number;
  code: string;
}

export function createEventTable(database: Database.Database) {
  const byCode = database.prepare<[string], EventRow>('SELECT id, code FROM events WHERE code = ?');
  const all = database.prepare<[], EventRow>('SELECT id, code FROM events ORDER BY id');
  const insert = database.prepare<[string, string]>('INSERT INTO events (code, created_at) VALUES (?, ?)');

  return {
    find: (code: string): EventRow | undefined => byCode.get(code),
    list: (): EventRow[] => all.all(),
    add: (code: string): EventRow => ({
      id: Number(insert.run(code, new Date().toISOString()).lastInsertRowid),
      code,
    }),
  };
}
