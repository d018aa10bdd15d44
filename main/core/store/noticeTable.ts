import type Database from 'better-sqlite3';
import { z } from 'zod';
import { noticeCodes, type Notice, type Result } from '../../../preload/index.ts';
import { detailsSchema } from './auditTable.ts';
import type { Guard } from './guard.ts';

const codeSchema = z.enum(noticeCodes);

export function createNoticeTable(database: Database.Database, guard: Guard) {
  const insert = database.prepare<[string, string, string]>('INSERT INTO notices (at, code, details) VALUES (?, ?, ?)');
  const removeCode = database.prepare<[string]>('DELETE FROM notices WHERE code = ?');
  const remove = database.prepare<[number]>('DELETE FROM notices WHERE id = ?');
  const all = database.prepare<[], { id: number; at: string; code: string; details: string }>(
    'SELECT id, at, code, details FROM notices ORDER BY id DESC',
  );
  const put = database.transaction((code: string, details: string) => {
    removeCode.run(code);
    insert.run(new Date().toISOString(), code, details);
  });

  return {
    /** Newest first. */
    list: (): Notice[] =>
      all.all().map(({ id, at, code, details }) => ({
        id,
        at,
        code: codeSchema.parse(code),
        values: detailsSchema.parse(JSON.parse(details)),
      })),
    /** In the place of what was said under this code before. */
    put: (code: Notice['code'], values: Notice['values'] = {}): Result<void> =>
      guard(() => put(code, JSON.stringify(values))),
    remove: (id: number): Result<void> => guard(() => void remove.run(id)),
    removeCode: (code: Notice['code']): Result<void> => guard(() => void removeCode.run(code)),
  };
}
