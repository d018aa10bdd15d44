import type Database from 'better-sqlite3';
import type { Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

/** Where uploads in parts were left, each by the key of its object: whoever was cut off goes on there. */
export function createMultipartTable(database: Database.Database, guard: Guard) {
  const byKey = database.prepare<[string], { record: string }>('SELECT record FROM multiparts WHERE key = ?');
  const upsert = database.prepare<[string, string]>(
    'INSERT INTO multiparts (key, record) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET record = excluded.record',
  );
  const remove = database.prepare<[string]>('DELETE FROM multiparts WHERE key = ?');
  const empty = database.prepare<[]>('DELETE FROM multiparts');

  return {
    /** Whatever was set, for whoever set it to look at; undefined where nothing is under way. */
    get: (key: string): unknown => {
      const record = byKey.get(key)?.record;
      return record === undefined ? undefined : JSON.parse(record);
    },
    set: (key: string, record: unknown): Result<void> => guard(() => void upsert.run(key, JSON.stringify(record))),
    remove: (key: string): Result<void> => guard(() => void remove.run(key)),
    /** Of another cloud. Within a transaction. */
    empty: (): void => void empty.run(),
  };
}
