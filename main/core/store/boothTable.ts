import type Database from 'better-sqlite3';
import type { z } from 'zod';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

export function createBoothTable(database: Database.Database, guard: Guard) {
  const byName = database.prepare<[string], { value: string }>('SELECT value FROM booth WHERE name = ?');
  const upsert = database.prepare<[string, string]>(
    'INSERT INTO booth (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare<[string]>('DELETE FROM booth WHERE name = ?');

  return {
    /** What the booth remembers under this name; undefined where it remembers nothing that the schema knows. */
    get: <S extends z.ZodType>(name: string, schema: S): z.output<S> | undefined => {
      const value = byName.get(name)?.value;
      if (value === undefined) return undefined;
      const parsed = schema.safeParse(JSON.parse(value));
      return parsed.success ? parsed.data : undefined;
    },
    set: (name: string, value: unknown): Result<void> => guard(() => void upsert.run(name, JSON.stringify(value))),
    remove: (name: string): Result<void> => guard(() => void remove.run(name)),
  };
}
