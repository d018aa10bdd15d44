import Database from 'better-sqlite3';
import { newestVersion } from './migrate.ts';

/** Whether a copy of a library's database can take its place: whole, and of no newer program. */
export function isSoundDatabase(file: string): boolean {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const version = Number(database.pragma('user_version', { simple: true }));
    const damage = String(database.pragma('integrity_check(1)', { simple: true }));
    return damage === 'ok' && version > 0 && version <= newestVersion;
  } catch {
    return false;
  } finally {
    database?.close();
  }
}
